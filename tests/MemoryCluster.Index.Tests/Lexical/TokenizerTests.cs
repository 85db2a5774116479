using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Tests.Lexical;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Hey, Caroline's DOG!", "hey caroline s dog")]
    [InlineData("I don't, can’t; won't.", "i don't can't won't")]
    [InlineData("rock 'n'tell", "rock n tell")]
    [InlineData("3.5 kg on 2023-05-07", "3 5 kg on 2023 05 07")]
    [InlineData("snake_case GPT4", "snake case gpt4")]
    [InlineData("Café Ångström STRAßE œuvre", "cafe angstrom strasse oeuvre")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("ＡＢＣ１２ ﬁne", "abc12 fine")]
    [InlineData("pass\u00ADword zero\u200Bwidth", "password zerowidth")]
    [InlineData("٣٤", "34")]
    [InlineData("ПРИВЕТ Мир", "привет мир")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("كِتَابٌ كـتاب", "كتاب كتاب")]
    [InlineData("أحمد إلى مدرسة على", "احمد الي مدرسه علي")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("ـ َ", "")]
    [InlineData("१२ मार्च", "12 मार्च")]
    [InlineData("カメラを買う", "カ カメ メ メラ ラ ラを を を買 買 買う う")]
    [InlineData("東京都2020年", "東 東京 京 京都 都 2020 年")]
    [InlineData("tokyo東京", "tokyo 東 東京 京")]
    [InlineData("𠮷野", "𠮷 𠮷野 野")]
    [InlineData("한국", "한 한국 국")]
    [InlineData("a\uD800b 😀", "a b")]
    public void Text_IsCutAndFolded(string text, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Tokens(text)));
    }

    [Fact]
    public void LongRun_IsKnownByItsFirstCharacters()
    {
        Assert.Equal([new string('x', Tokenizer.TokenCharsMax), "y"], Tokens(new string('x', 10_000) + " y"));
    }

    [Fact]
    public void Kinds_AreTold()
    {
        var tokens = new Tokenizer("lake 2023 3rd 東", new char[Tokenizer.TokenCharsMax]);
        var kinds = new List<TokenKind>();
        while (tokens.MoveNext())
        {
            kinds.Add(tokens.Kind);
        }

        Assert.Equal([TokenKind.Word, TokenKind.Number, TokenKind.Word, TokenKind.Ideograph], kinds);
    }

    [Fact]
    public void AnyText_IsReadToItsEnd()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var text = new string([.. Enumerable.Range(0, 50).Select(_ => (char)random.Next(0x10000))]);

            Assert.All(Tokens(text), token => Assert.InRange(token.Length, 1, Tokenizer.TokenCharsMax));
        }
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new Tokenizer(text, new char[Tokenizer.TokenCharsMax]);
        var list = new List<string>();
        while (tokens.MoveNext())
        {
            list.Add(tokens.Current.ToString());
        }

        return list;
    }
}
