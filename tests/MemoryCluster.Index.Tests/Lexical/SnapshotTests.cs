using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Tests.Lexical;

public sealed class SnapshotTests
{
    // Version 1 of the format, with the texts "a red lake" at 7 and "the lakes" at 3.
    private const string Sample =
        "TUNMWAEAAAAEAAAAAWEDcmVkBGxha2UDdGhlAgAAAAcAAAACAAAAAAAAAAAAAAAAAAEAAAAAGAMAAAAAAAAAAQAAAAIAAAADAAAAAQAAAAAAAA"
        + "AAAAAAAAAAAAAAABgCAAAAAwAAAAIAAACGCrHntuaLdIhM1kSgosO25r8tah/YEu5Y/ckEfB7uyA==";

    [Fact]
    public void LoadedIndex_IsTheOneBuiltFromTheTexts()
    {
        var texts = new ZipfTexts(new Random(9));
        var saved = new Bm25Index();
        var rebuilt = new Bm25Index();
        for (var i = 0; i < 4_000; i++)
        {
            var text = $"{texts.Next(15)} 東京 n{i % 1_500}";
            saved.Add(i, text);
            if (i % 5 == 0)
            {
                rebuilt.Add(i, text);
            }
            else
            {
                saved.Remove(i);
            }
        }

        var loaded = Reload(saved);

        Assert.Equal((rebuilt.Count, rebuilt.TermCount), (loaded.Count, loaded.TermCount));
        for (var round = 0; round < 60; round++)
        {
            var query = texts.NextQuery();
            Assert.Equal(Answers(rebuilt, query), Answers(loaded, query));

            // And it lives on as they do.
            var ordinal = 5 * round;
            Assert.True(loaded.Remove(ordinal) && rebuilt.Remove(ordinal));
            loaded.Add(ordinal, query);
            rebuilt.Add(ordinal, query);
        }
    }

    [Fact]
    public void EmptyIndex_ComesBackEmpty()
    {
        var loaded = Reload(new Bm25Index());

        Assert.Equal((0, 0), (loaded.Count, loaded.TermCount));
    }

    [Fact]
    public void EveryDamagedByte_AndEveryMissingEnd_IsRefused()
    {
        var index = new Bm25Index();
        index.Add(7, "a red lake");
        index.Add(3, "the lakes");
        var bytes = Saved(index);
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 0x10;

            Assert.Throws<InvalidDataException>(() => new Bm25Index().Load(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => new Bm25Index().Load(new MemoryStream(bytes[..i])));
        }
    }

    [Fact]
    public void IndexWithTexts_IsNotLoadedInto()
    {
        var index = new Bm25Index();
        index.Add(1, "lake");

        Assert.Throws<InvalidOperationException>(() => index.Load(new MemoryStream(Saved(index))));
    }

    [Fact]
    public void SampleOfVersion1_IsRead()
    {
        var index = new Bm25Index();

        index.Load(new MemoryStream(Convert.FromBase64String(Sample)));

        Assert.Equal([7, 3], Answers(index, "red lake").Select(hit => hit.Ordinal));
    }

    private static Bm25Index Reload(Bm25Index index)
    {
        var loaded = new Bm25Index();
        loaded.Load(new MemoryStream(Saved(index)));
        return loaded;
    }

    private static byte[] Saved(Bm25Index index)
    {
        var stream = new MemoryStream();
        index.Save(stream);
        return stream.ToArray();
    }

    private static ScoredOrdinal[] Answers(Bm25Index index, string query)
    {
        var hits = new ScoredOrdinal[10];
        return hits[..index.Search(query, hits, default(AcceptAll))];
    }
}
