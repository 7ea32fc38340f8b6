"""The words of every fault a school's files can have, Japanese and English side by side."""

from __future__ import annotations

EXPECTED = {
    "text": ("文字", "some text"),
    "day": ("2026-09-16 のような実在の日付", "a real date such as 2026-09-16"),
    "time": ("19:00 のような24時間制の時刻", "a 24-hour time such as 19:00"),
    "goal": (
        "3:59:59 のような目標タイム(2〜8時間。完走クラスは空欄)",
        "a goal such as 3:59:59 (2 to 8 hours; blank for finishing)",
    ),
    "weekday": ("月〜日(または mon〜sun)の曜日", "a weekday, mon to sun (or 月 to 日)"),
    "whole": ("{low}〜{high}の整数", "a whole number from {low} to {high}"),
    "km": ("0〜45の距離(km)", "a distance from 0 to 45 km"),
    "zone": (
        "Asia/Tokyo のようなタイムゾーン名(空欄ならスクールのもの)",
        "a time zone such as Asia/Tokyo (blank: the school's)",
    ),
    "race_code": (
        "half のような英小文字20文字までの名前(goal は使えません)",
        "up to 20 small letters such as half (not goal)",
    ),
    "course": (
        "コースのファイル名(英小文字。なければ空欄)",
        "the name of a course file in small letters, or nothing",
    ),
    "one_of": ("{names} のどれか", "one of {names}"),
    "class": ("S35 のような英数字10文字まで", "up to 10 letters and digits, such as S35"),
    "map": ("https:// で始まる地図の住所(なければ空欄)", "an https:// map link, or nothing"),
    "member_code": (
        "推測されにくい8文字以上(A–Z・2–9、I L O を除く)のコード(空欄なら自動で作ります)",
        "8 or more of A-Z and 2-9 without I, L, O, hard to guess (blank: one is made for you)",
    ),
    "invitation": (
        "推測されにくい13文字以上(A–Z・2–7)のコード(空欄なら自動で作ります)",
        "13 or more of A-Z and 2-7, hard to guess (blank: one is made for you)",
    ),
}

REASONS = {
    "blank": ("空欄です。{ja}を入れてください", "is blank; please enter {en}"),
    "unreadable": (
        "「{value}」は読めません。{ja}を入れてください",
        '"{value}" cannot be read; please enter {en}',
    ),
    "control": (
        "読めない制御文字が入っています。セルを打ち直してください",
        "holds a control character that cannot be read; please type the cell again",
    ),
    "formula": (
        "「{value}」は = + - @ などで始まり、数式と見なされます。先頭の記号を外してください",
        '"{value}" begins with = + - @ or a tab and would run as a formula; drop that sign',
    ),
    "long": (
        "{length}文字あります。{limit}文字までにしてください",
        "is {length} characters long; please keep to {limit}",
    ),
    "large": ("ファイルが大きすぎます(4 MBまで)", "is too large (4 MB at most)"),
    "missing": ("ファイルが見つからないか、開けません", "is missing or cannot be opened"),
    "encoding": (
        "文字コードが読めません。「CSV UTF-8」で保存してください",
        "is neither UTF-8 nor Shift_JIS; please save it as CSV UTF-8",
    ),
    "nul": (
        "CSVではない中身(NUL文字)です。「CSV UTF-8」で保存してください",
        "holds NUL characters, so it is not CSV; please save it as CSV UTF-8",
    ),
    "csv": (
        '引用符(")の閉じ忘れなど、CSVの形が崩れています',
        'is not well-formed CSV from here on (a quotation mark " left open?)',
    ),
    "rows": ("{limit}行を超えています", "has more than {limit} rows"),
    "no_heading": ("見出しの行がありません", "has no heading row"),
    "unknown_column": (
        "知らない列です。使える列: {expected}",
        "is an unknown column; known are {expected}",
    ),
    "double_column": ("同じ列が2つあります", "stands twice in the heading"),
    "missing_column": ("この列がありません", "this column is missing"),
    "outside": (
        "見出しのない列に値があります(カンマが多いかもしれません)",
        "has a value outside the headed columns (a comma too many?)",
    ),
    "no_term": ("学期の行がありません", "has no term row"),
    "terms": ("学期は1行だけにしてください", "please keep to one term"),
    "twice": (
        "「{said}」は{line}行目にもあります。どちらかを消してください",
        '"{said}" is also on line {line}; please remove one',
    ),
    "no_class": ("クラスが1つもありません", "names no class"),
    "unknown_class": (
        "「{code}」というクラスは classes.csv にありません(あるのは {known})",
        '"{code}" is not in classes.csv (there are {known})',
    ),
    "role_taken": (
        "{code}の{role}コーチは{line}行目にもいます。1人にしてください",
        "{code} already has a {role} coach on line {line}; please keep one",
    ),
    "no_main": ("{code}のメインコーチがいません", "names no main coach for {code}"),
    "impossible_time": (
        "{start}から{minutes}分の練習はできません。5:00〜21:30に始まり、その日のうちに終わる時刻にしてください",
        "{start} for {minutes} min is not possible; start from 5:00 to 21:30 and end the same day",
    ),
    "far_from_race": (
        "{day}は大会の日({race})から離れすぎています。年を確かめてください",
        "{day} is too far from the race ({race}); please check the year",
    ),
    "order": (
        "第{week}週の{day}が、第{before}週({before_day})より後になっていません",
        "week {week} ({day}) does not come after week {before} ({before_day})",
    ),
    "no_lesson": (
        "第{week}週・{code}の内容が curriculum.csv にありません",
        "curriculum.csv has no row for week {week} of {code}",
    ),
    "unknown_tip": ("「{tip}」というコツはありません", 'there is no tip "{tip}"'),
    "placeholder": (
        "「{mark}」は使えません。ペースは {{E}} {{M}} {{T}} {{I}} で書いてください",
        '"{mark}" is not known; write paces as {{E}} {{M}} {{T}} {{I}}',
    ),
    "no_pace": (
        "このクラスには目標タイムがないので {mark} を計算できません。言葉で書いてください",
        "this class has no goal time, so {mark} has no pace; please say it in words",
    ),
    "office_class": ("事務局のコードにはクラスを書きません", "an office code belongs to no class"),
    "code_class": ("どのクラスのコードか書いてください", "please say which class this code is for"),
    "same_code": (
        "{line}行目と同じコードです。別のコードにしてください",
        "is the same code as on line {line}; please use another",
    ),
}


def reason(key: str, **values: object) -> tuple[str, str]:
    """Return the words of a fault in Japanese and in English, filled in."""
    ja, en = REASONS[key]
    return ja.format(**values), en.format(**values)


def expectation(value: str, kind: str, **values: object) -> tuple[str, str]:
    """Return the words for a cell that is blank or unreadable where `kind` was expected."""
    ja, en = (words.format(**values) for words in EXPECTED[kind])
    said = value if len(value) <= 30 else value[:30] + "…"
    return reason("unreadable" if value else "blank", value=said, ja=ja, en=en)
