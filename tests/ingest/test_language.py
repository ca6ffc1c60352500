"""The check of the language."""

import pytest

from communique.ingest import language
from communique.model.problems import ProblemCode
from communique.model.reports import Head


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The two ministers met in Suva on Monday and signed a protocol on the coastal trade.", "en"),
        ("Die beiden Minister trafen sich am Montag in Suva und unterzeichneten ein Protokoll.", "de"),
        ("Les deux ministres se sont rencontrés lundi à Suva et ont signé un protocole sur le commerce.", "fr"),
        ("Оба министра встретились в понедельник в столице и подписали протокол о торговле.", "ru"),
        ("“And,” he said, “the-two-of-us will, of course, be at it – or: not at it,” he told “The Post”.", "en"),
        ("Brief words", "en"),
        ("Кратко", None),
    ],
)
def test_english_is_told_from_others(text: str, found: str | None) -> None:
    """Common words decide; a few ASCII words are given the benefit of the doubt."""
    assert language.of(text) == found


@pytest.mark.parametrize(("code", "problems"), [("en", 0), ("en-GB", 0), ("EN_us", 0), ("fr", 1), (None, 1)])
def test_other_languages_are_told(code: str | None, problems: int) -> None:
    """A report in another language, or an unknown one, has a Problem and stays."""
    head = Head(id="r" + "0" * 16, name="a", sha256="", chars=1, language=code)
    told = language.problems(head)
    assert [p.code for p in told] == [ProblemCode.LANGUAGE] * problems


#: Invented sentences of news.
SENTENCES = {
    "en": [
        "The two ministers opened the new ferry terminal and said that the crossing would be free in winter.",
        "Officials of both sides reviewed the timetable, and no date was set for the next round.",
        "Ports on the northern coast will close for a week, the harbour board said in a statement.",
        "Japan and Peru agreed to share charts of the current.",
    ],
    "de": ["Der Ausschuss tagte drei Stunden und vertagte die Entscheidung auf das kommende Frühjahr.",
           "Beide Seiten wollen die Gespräche im Herbst in der Hauptstadt fortsetzen."],
    "fr": ["La commission mixte se réunira de nouveau au printemps dans la capitale du pays voisin.",
           "Les négociateurs ont salué un accord équilibré sur la pêche et les ports."],
    "es": ["La comisión mixta se reunirá de nuevo en primavera, según informó la cancillería.",
           "Los dos gobiernos firmaron un acuerdo sobre puertos y pesca en la capital."],
    "pt": ["A comissão mista voltará a reunir-se na primavera, informou o ministério em nota.",
           "Os dois governos assinaram um acordo sobre portos e pescas na capital."],
    "it": ["La commissione mista si riunirà di nuovo in primavera, ha detto il portavoce del ministero.",
           "I due governi hanno firmato un accordo sui porti e sulla pesca."],
    "nl": ["De gemengde commissie komt in het voorjaar opnieuw bijeen, zei de woordvoerder van het ministerie.",
           "Beide regeringen ondertekenden een akkoord over havens en visserij."],
    "pl": ["Wspólna komisja zbierze się ponownie wiosną, poinformowało ministerstwo w komunikacie.",
           "Oba rządy podpisały w stolicy porozumienie o portach i rybołówstwie."],
    "ru": ["Совместная комиссия снова соберётся весной, сообщили в министерстве.",
           "Оба правительства подписали соглашение о портах и рыболовстве."],
    "tr": ["Karma komisyon ilkbaharda yeniden toplanacak, bakanlık sözcüsü açıkladı.",
           "İki hükümet limanlar ve balıkçılık konusunda bir anlaşma imzaladı."],
    "id": ["Komisi bersama akan bertemu lagi pada musim semi, kata juru bicara kementerian.",
           "Kedua pemerintah menandatangani perjanjian tentang pelabuhan dan perikanan di ibu kota."],
    "hi": ["संयुक्त आयोग की अगली बैठक वसंत में होगी, मंत्रालय ने एक बयान में कहा।",
           "दोनों सरकारों ने बंदरगाहों और मछली पालन पर समझौते पर हस्ताक्षर किए।"],
    "ar": ["ستجتمع اللجنة المشتركة مرة أخرى في الربيع، بحسب ما أعلنت الوزارة في بيان.",
           "وقعت الحكومتان اتفاقا بشأن الموانئ وصيد الأسماك في العاصمة."],
    "zh": ["两国联合委员会将于春季再次举行会议，外交部发言人说。", "两国政府在首都签署了港口和渔业协议。"],
    "ja": ["合同委員会は春に再び開かれると外務省が発表した。", "両政府は首都で港湾と漁業に関する協定に署名した。"],
}  # fmt: skip


def test_sentences_of_fifteen_languages() -> None:
    """Each sentence of English is English, no other one is, and nearly all of the others have their own code."""
    found = [(code, language.of(text)) for code, texts in SENTENCES.items() for text in texts]
    assert [pair for pair in found if (pair[0] == "en") != (pair[1] == "en")] == []
    assert sum(code == told for code, told in found) >= 0.9 * len(found)
