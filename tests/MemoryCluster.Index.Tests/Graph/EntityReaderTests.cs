using MemoryCluster.Index.Graph;

namespace MemoryCluster.Index.Tests.Graph;

public sealed class EntityReaderTests
{
    [Theory]
    [InlineData("The Golden Gate opened.", "Have you seen the Golden Gate's lights?")]
    [InlineData("She read at the University of Oxford", "University of Oxford has old halls.")]
    [InlineData("J. R. Tolkien wrote it.", "By J. R. Tolkien")]
    [InlineData("We saw Zoë there", "then ZOE came")]
    [InlineData("call parse_header first", "parse_header fails")]
    [InlineData("in ShardSearch.cs it is", "Read ShardSearch.cs!")]
    [InlineData("they played \"blue in green\" twice", "the record “Blue in Green” is old")]
    [InlineData("with Ronald McDonald there", "Ronald McDonald!")]
    [InlineData("in 1994 it closed", "1994 was warm")]
    public void OneThing_IsOneEntityInBothTexts(string one, string other) => Assert.NotEmpty(Read(one).Intersect(Read(other)));

    [Theory]
    [InlineData("we went to the lake and it was cold")]
    [InlineData("The. And. It. 7")]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("今天天气很好")]
    public void TextThatNamesNothing_HasNone(string text) => Assert.Empty(Read(text));

    [Fact]
    public void Name_EndsWithItsSentence()
    {
        var entities = Read("We met Ann. Bob was late.");

        Assert.Contains(Read("then Ann left").Single(), entities);
        Assert.Contains(Read("then Bob left").Single(), entities);
    }

    [Fact]
    public void Kinds_AreToldApart()
    {
        var reader = new EntityReader("Ann paid 300 for \"old maps\" with pay_now");
        var kinds = new List<EntityKind>();
        while (reader.MoveNext())
        {
            kinds.Add(reader.Kind);
        }

        Assert.Equal([EntityKind.Name, EntityKind.Number, EntityKind.Quotation, EntityKind.Identifier], kinds);
    }

    [Fact]
    public void Title_IsKnownWithoutArticleAndBrackets()
    {
        Assert.Equal(Read("then Collegian came").Single(), EntityReader.OfTitle("The Collegian (Houston)"));
        Assert.Equal(0UL, EntityReader.OfTitle("?!"));
    }

    [Fact]
    public void LongText_IsReadInOnePass()
    {
        var reader = new EntityReader(new string('A', 1_000_000));

        Assert.True(reader.MoveNext());
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        const string text = "Ann and the University of Oxford, \"maps\" and 1994 in file_name.cs";
        var found = 0UL;

        var allocated = Allocations.Of(() =>
        {
            var reader = new EntityReader(text);
            while (reader.MoveNext())
            {
                found ^= reader.Current;
            }
        });

        Assert.Equal(0, allocated);
        Assert.NotEqual(0UL, found);
    }

    private static List<ulong> Read(string text)
    {
        var entities = new List<ulong>();
        var reader = new EntityReader(text);
        while (reader.MoveNext())
        {
            entities.Add(reader.Current);
        }

        return entities;
    }
}
