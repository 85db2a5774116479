using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MemoryCluster.Shards.Snapshots;

/// <summary>What a snapshot of a shard's indexes holds: of which memories, at which ordinals, made of which texts.</summary>
/// <remarks>
/// <code>
/// | "MCIX" | version u32 | SHA-256 of the body, 32 bytes | body
/// body: generation i64 | spaces i32 | per space: model, UTF-8 with its length; components i32
///       memories i32 | per memory: id, 16 bytes; ordinal i32; hash of its text, 16 bytes
/// </code>
/// Little-endian. Its words and vectors lie in files of the generation, one for each space, with checksums of their own.
/// </remarks>
internal sealed record IndexManifest(long Generation, IReadOnlyList<EmbedderModel> Spaces, IReadOnlyList<IndexedMemory> Memories)
{
    /// <summary>Written last, so that what it names is there.</summary>
    public const string FileName = "indexes";

    private const uint Version = 1;
    private const int IdBytes = 16;

    private static ReadOnlySpan<byte> Magic => "MCIX"u8;

    public string WordsFile => FileOf(Generation, "words");

    public string VectorsFile(int space) => FileOf(Generation, string.Create(CultureInfo.InvariantCulture, $"vectors-{space}"));

    /// <summary>Vectors that are not held in full; there is none where all are.</summary>
    public string CodesFile(int space) => FileOf(Generation, string.Create(CultureInfo.InvariantCulture, $"codes-{space}"));

    /// <summary>Whether a name is that of a file of some generation.</summary>
    public static bool IsPart(string name) => name.StartsWith(FileName + "-", StringComparison.Ordinal);

    public bool Names(string name) => name.StartsWith(FileOf(Generation, ""), StringComparison.Ordinal);

    public void Write(Stream file)
    {
        var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Generation);
            writer.Write(Spaces.Count);
            foreach (var space in Spaces)
            {
                writer.Write(space.Id);
                writer.Write(space.Dimensions);
            }

            writer.Write(Memories.Count);
            foreach (var memory in Memories)
            {
                writer.Write(memory.Id.Value.ToByteArray());
                writer.Write(memory.Ordinal);
                writer.Write(memory.Text.ToByteArray());
            }
        }

        file.Write(Magic);
        file.Write(BitConverter.GetBytes(Version));
        file.Write(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length)));
        file.Write(body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    /// <exception cref="InvalidDataException">Damaged, or of another version.</exception>
    public static IndexManifest Read(Stream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var header = Magic.Length + sizeof(uint) + SHA256.HashSizeInBytes;
        if (bytes.Length < header || !bytes.AsSpan().StartsWith(Magic) || BitConverter.ToUInt32(bytes, Magic.Length) != Version
            || !SHA256.HashData(bytes.AsSpan(header)).AsSpan().SequenceEqual(bytes.AsSpan(header - SHA256.HashSizeInBytes, SHA256.HashSizeInBytes)))
        {
            throw new InvalidDataException("The manifest of the indexes is damaged or of another version. Build them from the records.");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, header, bytes.Length - header), Encoding.UTF8);
        var generation = reader.ReadInt64();
        var spaces = new EmbedderModel[reader.ReadInt32()];
        for (var i = 0; i < spaces.Length; i++)
        {
            spaces[i] = new EmbedderModel(reader.ReadString(), reader.ReadInt32());
        }

        var memories = new IndexedMemory[reader.ReadInt32()];
        for (var i = 0; i < memories.Length; i++)
        {
            memories[i] = new IndexedMemory(new MemoryId(new Guid(reader.ReadBytes(IdBytes))), reader.ReadInt32(), new Guid(reader.ReadBytes(IdBytes)));
        }

        return new IndexManifest(generation, spaces, memories);
    }

    private static string FileOf(long generation, string part) => string.Create(CultureInfo.InvariantCulture, $"{FileName}-{generation}-{part}");
}
