"""Languages: which tags there are by BCP 47, and texts without what differs from one to another."""

from __future__ import annotations

import re
import unicodedata


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Those of two letters in the registry: ISO 639-1, and five that are withdrawn but stay valid.
_LANGUAGES = _words(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv"
    " cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr"
    " ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw"
    " ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv"
    " ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq"
    " sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh"
    " yi yo za zh zu"
    " in iw ji jw mo"
)
# Those of two letters in the registry: ISO 3166-1, withdrawn and reserved ones.
_REGIONS = _words(
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq"
    " br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm"
    " do dz ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs"
    " gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn"
    " kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq"
    " mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm"
    " pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv"
    " sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi"
    " vn vu wf ws ye yt za zm zw"
    " aa ac an bu cp cs dd dg ea eu ez fx ic nt su ta tp un xa xb xc xd xe xf xg xh xi xj xk xl"
    " xm xn xo xp xq xr xs xt xu xv xw xx xy xz yd yu zr zz qm qn qo qp qq qr qs qt qu qv qw qx"
    " qy qz"
)
# Tags from before BCP 47 that the registry keeps as they are.
_GRANDFATHERED = _words(
    "art-lojban cel-gaulish en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux"
    " i-mingo i-navajo i-pwn i-tao i-tay i-tsu no-bok no-nyn sgn-be-fr sgn-be-nl sgn-ch-de"
    " zh-guoyu zh-hakka zh-min zh-min-nan zh-xiang"
)
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})"
    r"(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+"
)


def language_fault(tag: str) -> str:
    """What is wrong with a language tag by BCP 47; '' for a right one.

    Languages and regions of two letters are looked up in the registry of 2022, which has no
    language of more than three.

    >>> language_fault("en-GB"), language_fault("zh-Hant-TW"), language_fault("en-UK")
    ('', '', "there is no region 'uk'")
    >>> language_fault("jp"), language_fault("iw"), language_fault("en-GB-oed")
    ("there is no language 'jp'", '', '')
    >>> language_fault("italiano")
    "there is no language 'italiano'"
    """
    match = _TAG.fullmatch(tag.lower())
    if tag.lower() in _GRANDFATHERED:
        return ""
    if match is None:
        return "it does not have the form of BCP 47"
    language = (match["language"] or "").partition("-")[0]
    if len(language) > 3 or (len(language) == 2 and language not in _LANGUAGES):
        return f"there is no language '{language}'"
    region = match["region"] or ""
    if len(region) == 2 and region not in _REGIONS:
        return f"there is no region '{region}'"
    return ""


_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"})
"""Letters of Latin script that Unicode does not take apart."""


class _Kept(dict[int, str | None]):
    """What is kept of each character: a letter or digit itself, no accent, else a blank."""

    def __missing__(self, code: int) -> str | None:
        c = chr(code)
        kept = None if unicodedata.combining(c) else c if c.isalnum() else " "
        self[code] = kept
        return kept


_KEPT = _Kept()


def folded(text: str) -> str:
    """Text without accents, case and punctuation.

    >>> folded("Letzión’s Città")
    'letzion s citta'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return " ".join(plain.translate(_KEPT).split())
