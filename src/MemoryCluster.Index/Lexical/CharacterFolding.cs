using System.Globalization;
using System.Text;

namespace MemoryCluster.Index.Lexical;

/// <summary>
/// The cheap part of Unicode's compatibility folding (UAX 15), done here because the runtime normalises nothing in invariant mode:
/// lower case, full-width forms, decimal digits of any script, Latin letters without their marks, common ligatures; and what Arabic
/// writers leave out or exchange (L. Larkey, L. Ballesteros, M. Connell, "Improving stemming for Arabic information retrieval", SIGIR
/// 2002, section 3.1: vowel signs, hamza on alif, final ya and ta marbuta).
/// </summary>
internal static class CharacterFolding
{
    // Base letters of U+00E0..U+017F and U+1E00..U+1EFF in code order ('.': no single base letter), from UnicodeData's decompositions.
    private const string LatinBases =
        "aaaaaa.ceeeeiiii.nooooo.ouuuuy.y.a.a.a.c.c.c.c.d.d.e.e.e.e.e.g.g"
        + ".g.g.h.h.i.i.i.i.i...j.k..l.l.l...l.n.n.n....o.o.o...r.r.r.s.s.s"
        + ".s.t.t.t.u.u.u.u.u.u.w.y..z.z.zs";

    private const string LatinAdditionalBases =
        ".a.b.b.b.c.d.d.d.d.d.e.e.e.e.e.f.g.h.h.h.h.h.i.i.k.k.k.l.l.l.l.m"
        + ".m.m.n.n.n.n.o.o.o.o.p.p.r.r.r.r.s.s.s.s.s.t.t.t.t.u.u.u.u.u.v.v"
        + ".w.w.w.w.w.x.x.y.z.z.zhtwy.s.....a.a.a.a.a.a.a.a.a.a.a.a.e.e.e.e"
        + ".e.e.e.e.i.i.o.o.o.o.o.o.o.o.o.o.o.o.u.u.u.u.u.u.u.y.y.y.y......";

    /// <summary>Writes the folded rune and returns how many characters that took; the room needed is at most 2.</summary>
    public static int Fold(Rune rune, Span<char> target)
    {
        if (rune.IsAscii)
        {
            target[0] = char.ToLowerInvariant((char)rune.Value);
            return 1;
        }

        var folded = Rune.ToLowerInvariant(Narrow(rune));
        if (Expansion(folded.Value) is { } pair)
        {
            pair.CopyTo(target);
            return pair.Length;
        }

        return BaseLetter(folded).EncodeToUtf16(target);
    }

    /// <summary>
    /// Marks that a search ignores: an accent typed as a character of its own, vowel signs of Hebrew and Arabic, the Arabic stretch.
    /// </summary>
    public static bool IsIgnoredMark(Rune rune) =>
        rune.Value is (>= 0x300 and <= 0x36F) or (>= 0x591 and <= 0x5C7) or 0x640 or (>= 0x64B and <= 0x65F) or 0x670;

    /// <summary>Characters that are not seen and join what stands around them; hostile texts hide words with them.</summary>
    public static bool IsInvisible(Rune rune) => rune.Value is 0xAD or (>= 0x200B and <= 0x200D) or 0x2060 or 0xFEFF;

    private static Rune Narrow(Rune rune) => rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune;

    private static string? Expansion(int code) => code switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        0xFB00 => "ff",
        0xFB01 => "fi",
        0xFB02 => "fl",
        _ => null,
    };

    private static Rune BaseLetter(Rune rune)
    {
        var letter = rune.Value switch
        {
            >= 0xE0 and <= 0x17F => LatinBases[rune.Value - 0xE0],
            >= 0x1E00 and <= 0x1EFF => LatinAdditionalBases[rune.Value - 0x1E00],
            0x622 or 0x623 or 0x625 or 0x671 => '\u0627',  // alif with madda, hamza above, hamza below, wasla
            0x649 or 0x6CC => '\u064A',                    // alif maqsura and Farsi ya as ya
            0x629 => '\u0647',                             // ta marbuta as ha
            0x6A9 => '\u0643',                             // keheh as kaf
            _ => OtherBase(rune),
        };
        return letter == '.' ? rune : new Rune(letter);
    }

    private static char OtherBase(Rune rune) =>
        rune.IsBmp && CharUnicodeInfo.GetDecimalDigitValue((char)rune.Value) is >= 0 and var digit ? (char)('0' + digit) : '.';
}
