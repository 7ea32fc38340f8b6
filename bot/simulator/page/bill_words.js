/** The words of the bill, in Japanese and English. */

const JA = {
  bill: "請求",
  bill_intro: "LINEなら何通と数えるかを、月とクラスごとに集計しています。グループへの1回は人数分、返信は0通です。",
  bill_none: "まだ何も送っていません。",
  bill_used: "{count}通 / {limit}通",
  bill_used_of_all: "{count}通(上限なし)",
  bill_class: "クラス",
  bill_group: "グループ",
  bill_people: "1対1",
  bill_all: "合計",
  bill_others: "そのほか",
  bill_plan: "収まるプラン:{plan}通(¥{yen}、税別)",
  bill_replies: "返信(無料):{count}通",
  bill_naive: "返信もすべてプッシュし、吹き出しを1つずつ送った場合:{count}通(¥{yen})",
};

const EN = {
  bill: "Bill",
  bill_intro: "What LINE would count, by month and class. One message to a group counts once for each of its people; replies are free.",
  bill_none: "Nothing has been sent yet.",
  bill_used: "{count} of {limit} messages",
  bill_used_of_all: "{count} messages, no limit",
  bill_class: "Class",
  bill_group: "Group",
  bill_people: "1:1",
  bill_all: "All",
  bill_others: "others",
  bill_plan: "Fits the plan of {plan} messages (¥{yen} without tax)",
  bill_replies: "Replies, free: {count}",
  bill_naive: "With every reply pushed and one request a bubble: {count} (¥{yen})",
};

/** Both word lists, by language code. */
export const BILL_WORDS = { ja: JA, en: EN };
