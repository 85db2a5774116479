using System.Text;

namespace MemoryCluster.Index.Lexical;

/// <summary>Scripts whose words are not set apart by spaces, or whose words are compounds that readers search by part.</summary>
internal static class UnsegmentedScripts
{
    public static bool Contains(Rune rune) => !rune.IsAscii && IsInRange(rune.Value);

    private static bool IsInRange(int code) => code switch
    {
        < 0x0E00 => false,
        <= 0x0EFF => !IsDigit(code),                // Thai, Lao
        >= 0x1000 and <= 0x109F => !IsDigit(code),  // Myanmar
        >= 0x1100 and <= 0x11FF => true,            // Hangul Jamo
        >= 0x1780 and <= 0x17FF => !IsDigit(code),  // Khmer
        >= 0x3005 and <= 0x3007 => true,            // ideographic iteration marks and zero
        >= 0x3040 and <= 0x30FF => code != 0x30FB,  // Hiragana, Katakana without the middle dot
        >= 0x3400 and <= 0x4DBF => true,            // Han, extension A
        >= 0x4E00 and <= 0x9FFF => true,            // Han
        >= 0xAC00 and <= 0xD7AF => true,            // Hangul syllables
        >= 0xF900 and <= 0xFAFF => true,            // Han, compatibility
        >= 0xFF66 and <= 0xFF9F => true,            // half-width Katakana
        >= 0x20000 and <= 0x323AF => true,          // Han, further extensions
        _ => false,
    };

    private static bool IsDigit(int code) => char.IsDigit((char)code);
}
