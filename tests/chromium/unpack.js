// Unpacks the browser and its libraries into $TMPDIR and prints the browser's path.
import chromium from "@sparticuz/chromium";

console.log(await chromium.executablePath());
