using MemoryCluster.Index.Lexical;
using MemoryCluster.Index.Vectors;
using MemoryCluster.Records;

namespace MemoryCluster.Shards.Snapshots;

/// <summary>A shard's indexes as files: what took long to derive is read again instead, vectors by a memory map.</summary>
internal sealed class IndexSnapshot
{
    private readonly Dictionary<MemoryId, IndexedMemory> _memories;

    private IndexSnapshot(IndexManifest manifest, Bm25Index lexical, IReadOnlyDictionary<EmbedderModel, TieredVectorIndex> spaces)
    {
        _memories = manifest.Memories.ToDictionary(memory => memory.Id);
        Lexical = lexical;
        Spaces = spaces;
    }

    public Bm25Index Lexical { get; }

    public IReadOnlyDictionary<EmbedderModel, TieredVectorIndex> Spaces { get; }

    /// <summary>Every ordinal is below.</summary>
    public int OrdinalsEnd => _memories.Count == 0 ? 0 : _memories.Values.Max(memory => memory.Ordinal) + 1;

    /// <summary>The ordinal under which the indexes hold the memory with this text.</summary>
    public int? OrdinalOf(MemoryId id, string text) =>
        _memories.TryGetValue(id, out var memory) && memory.Text == Hash128.Of(text) ? memory.Ordinal : null;

    /// <summary>What writes the indexes as they are; they must not change until it has run.</summary>
    public static Action<IDerivedFiles> Saving(ShardState state)
    {
        var entries = state.Entries.Select(entry => (entry.Record.Id, entry.Ordinal, entry.Record.Text)).ToArray();
        var spaces = state.Spaces.Held.ToArray();
        return files =>
        {
            var memories = Array.ConvertAll(entries, entry => new IndexedMemory(entry.Id, entry.Ordinal, Hash128.Of(entry.Text)));
            var manifest = new IndexManifest(GenerationOf(files) + 1, [.. spaces.Select(space => space.Model)], memories);
            files.Write(manifest.WordsFile, state.Lexical.Save);
            for (var i = 0; i < spaces.Length; i++)
            {
                files.Write(manifest.VectorsFile(i), spaces[i].Index.Full.Save);
                if (spaces[i].Index.PackedCount > 0)
                {
                    files.Write(manifest.CodesFile(i), spaces[i].Index.SavePacked);
                }
            }

            files.Write(IndexManifest.FileName, manifest.Write);
            DeleteParts(files, but: manifest);
        };
    }

    /// <summary>Deletes what there is.</summary>
    public static void Drop(IDerivedFiles files)
    {
        if (files.Names.Contains(IndexManifest.FileName))
        {
            files.Delete(IndexManifest.FileName);
        }

        DeleteParts(files, but: null);
    }

    /// <summary>What was saved last; null, and nothing left of it, where it cannot be used.</summary>
    public static IndexSnapshot? Load(IDerivedFiles files)
    {
        try
        {
            if (files.Open(IndexManifest.FileName) is not { } file)
            {
                return null;
            }

            var manifest = ReadManifest(file);
            var lexical = new Bm25Index();
            using (var words = Require(files, manifest.WordsFile).Read())
            {
                lexical.Load(words);
            }

            var spaces = new Dictionary<EmbedderModel, TieredVectorIndex>();
            for (var i = 0; i < manifest.Spaces.Count; i++)
            {
                var vectors = Require(files, manifest.VectorsFile(i));
                var index = new TieredVectorIndex(AdaptiveVectorIndex.Load(vectors.Map, vectors.Length));
                if (files.Open(manifest.CodesFile(i)) is { } codes)
                {
                    using var packed = codes.Read();
                    index.LoadPacked(packed);
                }

                spaces.Add(manifest.Spaces[i], index);
            }

            return new IndexSnapshot(manifest, lexical, spaces);
        }
        catch (InvalidDataException)
        {
            Drop(files);
            return null;
        }
    }

    private static IndexManifest ReadManifest(DerivedFile file)
    {
        using var stream = file.Read();
        return IndexManifest.Read(stream);
    }

    private static DerivedFile Require(IDerivedFiles files, string name) =>
        files.Open(name) ?? throw new InvalidDataException($"The manifest names {name}, which is not there.");

    private static long GenerationOf(IDerivedFiles files)
    {
        try
        {
            return files.Open(IndexManifest.FileName) is { } file ? ReadManifest(file).Generation : 0;
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }

    private static void DeleteParts(IDerivedFiles files, IndexManifest? but)
    {
        foreach (var name in files.Names.Where(name => IndexManifest.IsPart(name) && but?.Names(name) != true).ToArray())
        {
            files.Delete(name);
        }
    }
}
