"""Words that carry no topic: they are never translated and never searched for across languages."""

FUNCTION_WORDS = {
    "en": """
        a an the this that these those some any each every either neither no both all much many
        more most few fewer less least several such same other another own
        i me my mine myself we us our ours ourselves you your yours yourself he him his himself
        she her hers herself it its itself they them their theirs themselves one's
        who whom whose which what when where why how whatever whoever
        am is are was were be been being do does did done doing have has had having
        can could may might must shall should will would ought
        and or but nor so yet if then else than because while although though unless until
        of in on at by for with from to into onto about between among during before after above
        below under over through against within without toward towards upon per via as
        not only also just very too rather quite even still already again ever never there here
        isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't hasn't
        haven't hadn't s t re ve ll d m
    """,
    "id": """
        yang dan atau tetapi tapi namun serta lalu kemudian jika kalau bila apabila karena sebab
        agar supaya sehingga maka meski meskipun walaupun sedangkan sementara
        di ke dari pada kepada daripada dalam oleh untuk dengan tanpa bagi antara tentang terhadap
        sejak hingga sampai selama secara sebagai seperti menurut
        ini itu tersebut sini situ sana para sang si semua setiap tiap beberapa berbagai
        saya aku kami kita kamu anda engkau kau ia dia beliau mereka nya ku mu
        apa apakah siapa siapakah mana manakah kapan kapankah mengapa kenapa bagaimana
        bagaimanakah berapa berapakah dimana dimanakah kemana darimana
        adalah ialah merupakan yaitu yakni ada adakah akan telah sudah sedang masih belum pernah
        dapat bisa boleh harus tidak tak bukan jangan tanpa juga pun saja hanya lagi sangat
        lebih paling sekali hampir seorang sebuah suatu lah kah bahwa
    """,
}
"""Language code to words, separated by white space."""
