"""Common little words by language: enough to tell a question's language from four words.

Chosen by hand from frequency lists of news and from the question words of each language; a word
that stands in several lists counts less. All entries are lower case.
"""

from __future__ import annotations

_LISTS = {
    "id": "yang dan di dari untuk dengan dalam pada ini itu tidak akan oleh ke atau juga karena "
    "bahwa adalah menjadi telah dapat secara ada sebagai seperti hanya kepada bagi para "
    "terhadap namun saat setelah ketika antara apa apakah apanya siapa siapakah kapan kapankah "
    "dimana dimanakah mana manakah mengapa kenapa bagaimana bagaimanakah berapa berapakah "
    "kah sang si nya merupakan disebut nama pertama tahun negara orang sebuah seorang tersebut "
    "bukan belum pernah sudah masih lebih paling bisa harus jika agar supaya serta maupun hingga "
    "sampai sejak selama menurut tentang mengenai melalui sebelum sesudah lalu lagi apabila "
    "mereka kami kita saya dia ia anda kamu jumlah banyak besar kota letak terletak berada "
    "dilakukan digunakan memiliki punya artinya arti maksud siapapun dimaksud sebutkan jelaskan",
    "ms": "bahawa daripada kerana ialah boleh apabila selepas manakala kes beliau polis pesakit "
    "kesihatan bilakah bila mac ogos disember ujian oleh yang dan di dari untuk dengan dalam pada "
    "ini itu tidak akan ke atau juga adalah menjadi telah dapat ada sebagai seperti hanya kepada "
    "bagi para terhadap antara apa apakah siapa siapakah mana mengapa bagaimana berapa berapakah "
    "tersebut bukan belum pernah sudah masih lebih paling jika serta sejak mereka kami kita saya "
    "dia ia anda terletak wang syarikat kerajaan lapangan hospital cuba pejabat awak macam "
    "sahaja sekiranya ianya bekas kereta rakyat semasa mahu mahukan dijangka bermula",
    "en": "the of to and in a for that on is with as are be have was by from it or at has he said "
    "this an not who been but they i will his were their people we you which more had also other "
    "can than after all one if when where what why how whose whom may about there some out did "
    "does do many much long old far called name first year into between during since until she "
    "her my your our its these those would should could no any most only been being up so",
    "de": "der die das und in zu dass den von sie mit er für im eine auf dem des nicht ist sich es "
    "als ein ich an um am bei einer einen wir haben nach wurde vor einem aus war über wird sind "
    "wie sein aber hat wenn wer was wann wo warum wieso welche welcher welches wieviel viele zum "
    "zur durch auch wurden hatte gegen ihre seine kann gibt",
    "fr": "de la les le et des à en a du que une un pour dans au par ont qui est été ou plus sur "
    "il sont pas avec se aux ce ne vous nous comme mais si également chez son sa ses leur après "
    "quand où quoi pourquoi comment combien quel quelle quels quelles cette ces deux était fait "
    "elle je tu on y être l d qu c'est qu'est est-ce",
    "es": "de la el en que y los a se las del para un con una por no al es o como más su lo sus "
    "también sobre si entre han sin pero después son este cuando está esta años fue quién quien "
    "qué cuándo dónde cómo cuál cuáles cuánto cuántos cuántas ha era hay donde él muy hasta "
    "desde tiene ser le",
    "pt": "de a e o que em para da do com os um uma no as na se dos por é não ou como mais ao à "
    "foi são também nos sobre mas pelo pela seu sua pode entre quando estão quem qual quais onde "
    "quanto quantos quantas porquê está tem ele ela isso até após das aos nas muito há era",
    "it": "di che il la e ha a in per un è i del una non le della con si da al nel sono alla ma "
    "più hanno delle dei come gli stato dopo nella essere degli se lo quando chi cosa dove "
    "perché quanto quanti quale quali anche era suo sua dal fatto questo cui ed l",
    "nl": "de van het een in en dat te zijn op voor hij die is om met ze niet aan ik als maar "
    "heeft door was we naar over er hebben uit deze bij worden of je hun dit zich zou wordt werd "
    "wie wat wanneer waar waarom hoe hoeveel welke ook meer dan nog geen veel deed waren",
    "sv": "att och i en som för på det av är till med han de har den om ett inte jag men var från "
    "vi sig efter när skulle hon kan hans under så vem vad varför hur vilken vilket vilka många "
    "eller detta blev hade finns sin mot vid",
    "pl": "w i na z się że nie o to jest po jak przez a tym od co który jego które ale gdy za dla "
    "są przed jej która czy ze by kto kiedy gdzie dlaczego ile jaki jaka jakie których był była "
    "było do oraz",
    "tr": "ve bir bu için daha olarak da de olan sonra çok ile kadar en gibi her ne kim nerede "
    "zaman neden nasıl hangi kaç mi mı mu mü değil olduğunu göre ama veya var kimdir nedir "
    "tarafından kimin",
    "az": "və bir bu üçün ki ilə olan də çox sonra kimi daha onun görə da edən qədər ən hər olaraq "
    "idi onlar deyil nə kim harada niyə necə hansı neçə zaman haqqında olub mi mı",
    "vi": "và của một đã có các trong là cho người không tôi với khi vào được này rằng ông những "
    "thể sẽ ở tại nói để về bị ra ai gì đâu nào sao bao nhiêu thế năm nước đến từ như tên",
    "tl": "sa ng na ang mga at ay isang para hindi may ito noong o mula kung ni bilang si nang mas "
    "pang dahil ano sino kailan saan bakit paano ilan magkano alin siya niya kanyang sila ba po "
    "ngayon pero iyon nasa kay ko mo",
}

WORDS: dict[str, dict[str, float]] = {}
"""Word to the languages it speaks for, each with its weight: 1 shared among those languages."""


def _fill() -> None:
    lists = {lang: set(words.split()) for lang, words in _LISTS.items()}
    for word in set().union(*lists.values()):
        langs = sorted(lang for lang in lists if word in lists[lang])
        # Indonesian and Malay are one pool: what both say is evidence for both in full.
        shares = len(langs) - ("id" in langs and "ms" in langs)
        WORDS[word] = dict.fromkeys(langs, 1 / shares)


_fill()
