"""The words that websites put around an article, in the languages met most.

Each pattern is matched against a whole line after ``tidy``, in any case. A group named ``free``
is text that the pattern knows nothing about: a line that ends like a sentence in such a group
may be prose, and the rules leave it alone.
"""

from __future__ import annotations

import regex


def _label(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.VERBOSE | regex.IGNORECASE)


READ_ALSO = _label(
    r"""
    [\-–—•*»>|\[(\ ]*
    (?: (?P<strong> (?:baca|lihat|simak|tonton|saksikan|dengarkan)\ (?:juga|pula) |
            (?:read|see|watch)\ also | also\ read | you\ may\ also\ like | lesen\ sie\ auch |
            (?:à\ )?lire\ aussi | voir\ aussi | (?:lea|lee|ver)\ tambi[ée]n |
            (?:leia|veja)\ tamb[ée]m | leggi\ anche | lees\ ook | läs\ (?:också|även) |
            (?:czytaj|zobacz)\ (?:też|także|również) | (?:ayrıca|bunu\ da)\ oku(?:yun)? |
            (?:читайте|смотрите)\ (?:также|також) | đọc\ thêm | xem\ thêm | بیشتر\ بخوانید |
            اقرأ\ (?:أيضا|أيضًا) | यह\ भी\ पढ़ें | ये\ भी\ पढ़ें | อ่านเพิ่มเติม )
      | (?:artikel|berita|topik|tulisan|video)\ (?:terkait|lain(?:nya)?|menarik\ lainnya|
            terpopuler|terbaru|rekomendasi|selanjutnya|sebelumnya) | baca\ selengkapnya |
        pilihan\ (?:editor|redaksi) | rekomendasi(?:\ untuk\ anda)? | terpopuler | terkini |
        related(?:\ (?:articles?|news|stories|posts?|links?|topics?|reading|content))? |
        read\ (?:more|next) | more\ (?:stories|news|articles) | most\ (?:read|popular) |
        recommended(?:\ for\ you)? | trending(?:\ now)? | mehr\ zum\ thema | leia\ mais | läs\ mer |
        関連記事 | 相关阅读 | 相关新闻 | 延伸阅读 | 관련기사 )
    (?![\p{L}\p{N}]) [\])]* \ * (?P<rest>.*)
    """
)
WIDGET = _label(
    r"""
    (?:bagikan|share|kirim|teilen|partager|compartir|compartilhar|condividi|udostępnij|paylaş|
       поделиться|поширити|chia\ sẻ|分享|공유)
        (?:\ (?:artikel|berita|ini|this|article|post|story|now|ke|to|on|via|with))*
        (?:\ (?:facebook|twitter|x|whats\ ?app|telegram|linkedin|e-?mail|friends|media\ sosial))?
        \ ?:?
  | (?:tweet|pin\ it|facebook|twitter|whats\ ?app|telegram|instagram|linkedin|pinterest|e-?mail|
       print|cetak|youtube|tiktok|threads|copy\ link|salin\ (?:link|tautan)|link\ copied)
  | data\.label | \d{1,3}\ ?%
  | (?:beri|berikan)\ (?:penilaian|rating|nilai)(?:\ (?:untuk|pada)\ artikel(?P<free>.{0,200}))?
  | rate\ this\ (?:article|post|story)(?P<free>.{0,60})
  | (?:ikuti\ kami|follow\ us)(?P<free>.{0,60}) | (?:subscribe|sign\ up|langganan)(?P<free>.{0,60})
  | scroll\ to\ continue\ with\ content | advertisements? | iklan | sponsored(?:\ content)?
  | (?:scroll|geser)\ (?:ke\ bawah\ )?untuk\ (?:melanjutkan|membaca|lanjut)(?P<free>.{0,40})
  | \[gambas:.{0,60}\] | loading[.…]* | memuat[.…]*
    """
)
REACTION = _label(
    r"""(?:sangat\ |tidak\ )?(?:suka|peduli|terinspirasi|marah|sedih|lucu|kaget|senang|bangga|
        terhibur|takut|aneh|terkejut|like|love|haha|wow|sad|angry|happy|inspired|amused)"""
)
PERCENT = regex.compile(r"\d{1,3} ?%")
COMMENTS = _label(
    r"""
    (?:\d+\ )?komentar(?:\ ?\(\d+\))?:? | (?:\d+|no)\ comments? | comments?(?:\ \(\d+\))?:?
  | (?:tulis|tinggalkan|beri|kirim|lihat\ semua)\ komentar(?P<free>.{0,40})
  | komentar\ menjadi\ tanggung\ ?jawab.{0,80} | be\ the\ first\ to\ comment.{0,30}
  | (?:leave|post|add|write)\ a\ (?:comment|reply)(?P<free>.{0,60}) | comments\ are\ closed\.?
  | your\ email\ address\ will\ not\ be\ published.{0,80} | required\ fields\ are\ marked.{0,10}
  | save\ my\ name,\ email.{0,100} | you\ must\ be\ logged\ in\ to\ (?:post|leave).{0,40}
  | kommentare | commentaires | comentarios | comentários | commenti | reacties | kommentarer
  | komentarze | yorumlar | комментарии | коментарі | bình\ luận | 评论 | コメント | 댓글
    """
)
NOTICE = _label(
    r"""
    (?:this\ site|situs\ ini)\ (?:uses|menggunakan)\ akismet.{0,200}
  | learn\ how\ your\ comment\ data\ is\ processed\.?
  | (?:this\ (?:web)?site|we|situs\ ini|kami)\ (?:uses?|menggunakan)\ cookies?.{0,200}
  | dilarang\ keras\ (?:mengambil|menyalin|mengutip).{0,200} | all\ rights\ reserved\.?
    """
)
CONTENTS = _label(
    r"daftar\ isi|table\ of\ contents|contents|inhaltsverzeichnis|sommaire|índice|目录|目次"
)
COPYRIGHT = _label(
    r"(?:copyright|hak\ cipta)?[\ :]*(?:©|\(c\))\ ?.{1,100}"
    r"|(?:copyright|hak\ cipta)\b[\ :]*(?P<free>.{0,80})"
)
ABOUT = _label(r"(?:about|tentang)\ (?P<name>.{1,60}?)\ \d+\ (?:articles?|artikel)")
TAGS = _label(
    r"(?:tags?|topik|topics?|kata\ kunci|keywords?|label|filed\ under)\ ?[:：](?P<free>.{0,200})"
    r"|\#\p{L}[\w\-]*(?:[\ ,]+\#\p{L}[\w\-]*)*"
)
PAGES = _label(
    r"(?:halaman|page|hal\.?)\ ?:?(?:\ ?\d+)+(?:\ (?:dari|of)\ \d+)?"
    r"|(?:selanjutnya|sebelumnya|next|previous|lihat\ semua|show\ all|view\ all)[\ »>:]*"
)
CREDIT = _label(
    r"""
    [\-•*|\ ]*(?P<role> laporan | reporter | penulis | pewarta | wartawan | oleh | author | by |
      (?:written|text|words)\ by | autor | autora | auteur | автор |
      editor | penyunting | redaktur(?:\ pelaksana)? | redaksi | edited\ by | penerjemah |
      translator | translated\ by | kontributor | contributor | uploader | posted(?:\ by)? |
      diunggah\ oleh | published\ by )
    \ ?[:：]\ ?(?P<name>.{1,80})
    """
)
SOURCE_CREDIT = _label(
    r"""[\-•*|(\ ]*(?:sumber(?:\ (?:berita|foto|artikel|gambar|video))? | sources? |
        (?:foto|photos?|gambar|ilustrasi|image|kredit|credits?)(?:\ (?:oleh|by))? |
        fotografer | photographer) \ ?[:：]\ ?(?P<name>.{1,80})"""
)
AUTHOR_ROLES = frozenset(
    {*"laporan reporter penulis pewarta wartawan oleh author by autor autora auteur автор".split()}
    | {"written by", "text by", "words by"}
)
