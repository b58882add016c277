"""Common little words by language: enough to tell a question's language from four words.

Chosen by hand from frequency lists of news and from the question words of each language; a word
that stands in several lists counts less. All entries are lower case.
"""

from __future__ import annotations

from typing import TypeAlias

_LISTS = {
    "id": "bisa saat karena bahwa pemerintah kasus terkait lainnya berbagai bagian partai persen "
    "bahkan kesehatan meski perusahaan korban yakni nomor kondisi punya resmi publik mobil "
    "kebijakan maupun layanan keuangan jumat inggris posisi yaitu kantor aksi sedangkan kegiatan "
    "usai uang hukum informasi internasional pria eropa gedung menit miliar triliun provinsi "
    "kendaraan bisnis riset komunitas seberapa letak artinya antar sempat berhasil mendukung",
    "ms": "bahawa kes kesihatan pesakit jangkitan selepas kerana ialah mac wabak syarikat baharu "
    "simptom pandemik berbanding awam perubatan sekatan kawalan setakat terutamanya kecemasan "
    "tempoh bahagian maklumat sahaja lelaki peratus universiti perkhidmatan cuba polis "
    "ogos disember januari manakala peguam hospital wang awak ianya dijangka sekiranya teruk "
    "tiada pelajar berkaitan penjagaan mengikut haiwan sebarang pelbagai terjejas setakat semula "
    "koronavirus jantina baharu semasa rakan berjaya perlawanan berita-berita tentera persekutuan",
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

_MALAY = (
    "yang dan di dari untuk dengan dalam pada ini itu tidak akan oleh ke atau juga adalah menjadi "
    "telah dapat ada sebagai seperti hanya kepada bagi para terhadap antara tersebut bukan belum "
    "pernah sudah masih lebih paling jika serta sejak mereka kami kita saya dia ia anda merupakan "
    "setelah hingga selama menurut tentang mengenai melalui sebelum lalu lagi orang negara sebuah "
    "seorang satu dua banyak besar kota jumlah terletak berada dilakukan digunakan memiliki si "
    "sang agar harus sampai secara dimaksud namun mengapa ketika disebut pertama nama tahun "
    "apa apakah siapa siapakah manakah berapa berapakah bagaimana darimana darimanakah milik"
)
"""Words of Indonesian and Malay alike."""
_RATHER_MALAY = "daripada boleh apabila beliau berkata walaupun berlaku mempunyai kumpulan ramai"
"""Words that Malay uses ten times as often as Indonesian."""
_QUESTION_WORDS = {
    "id": "apa apakah siapa siapakah kapan kapankah darimana darimanakah dimana dimanakah manakah "
    "mana mengapa kenapa bagaimana bagaimanakah berapa berapakah adakah sebutkan jelaskan",
    "ms": "apa apakah siapa siapakah bila bilakah mana manakah mengapa kenapa bagaimana berapa "
    "berapakah adakah",
    "en": "what when where who whom whose why how which did does do is are was were can",
    "de": "wer was wann wo warum wieso welche welcher welches wieviel wie woher wem wen",
    "fr": "qui que quoi quand où pourquoi comment combien quel quelle quels quelles est-ce",
    "es": "quién quiénes qué cuándo dónde cómo cuál cuáles cuánto cuánta cuántos cuántas por",
    "pt": "quem que quando onde como qual quais quanto quanta quantos quantas porquê porque",
    "it": "chi che cosa quando dove come perché quanto quanta quanti quante quale quali qual",
    "nl": "wie wat wanneer waar waarom hoe hoeveel welke welk",
    "sv": "vem vad när var varför hur vilken vilket vilka",
    "pl": "do kto co kiedy gdzie dlaczego jak ile jaki jaka jakie który która które czy kim",
    "tr": "kim ne nerede zaman neden nasıl hangi kaç kimdir nedir niçin nereye",
    "az": "kim nə harada niyə necə hansı neçə",
    "vi": "ai gì nào sao bao đâu nhiêu thế",
    "tl": "ano sino kailan saan bakit paano ilan magkano alin nasaan",
}

Votes: TypeAlias = dict[str, dict[str, float]]
"""Word to the languages it speaks for, each with its weight: 1 shared among those languages."""


def _votes(lists: dict[str, str]) -> Votes:
    """The weight of each word; Indonesian and Malay, near the same, do not share but both gain."""
    words = {lang: set(text.split()) for lang, text in lists.items()}
    votes: Votes = {}
    for word in sorted(set().union(*words.values())):
        langs = [lang for lang in sorted(words) if word in words[lang]]
        shares = len(langs) - ("id" in langs and "ms" in langs)
        votes[word] = dict.fromkeys(langs, 1 / shares)
    return votes


WORDS = _votes({**_LISTS, "id": f"{_MALAY} {_LISTS['id']}", "ms": f"{_MALAY} {_LISTS['ms']}"})
"""Words of any text."""
for _word in _RATHER_MALAY.split():
    WORDS[_word] = {"id": 1.0, "ms": 1.4}
QUESTION_WORDS = _votes(_QUESTION_WORDS)
"""Words that questions are asked with."""
