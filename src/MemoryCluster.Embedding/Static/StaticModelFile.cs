using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MemoryCluster.Embedders;

/// <summary>
/// A static model as bytes, little-endian:
/// <code>
///  0  "MCEM"   4  version u32     8  tokens n u32      12  semantic dimensions s u32   16  lexical dimensions u32
/// 20  terms m u32   24  longest token u32   28  context discount f32   32  semantic share f32
/// 36  n × u64 token hash | n × f32 scale | n × s × i8 rows | m × u64 term hash | m × u8 term weight | SHA-256 of all before
/// </code>
/// </summary>
internal static class StaticModelFile
{
    public const uint Version = 1;

    private const uint Magic = 0x4D45434D;
    private const int HeaderBytes = 36;
    private const int DimensionsMax = 4096;

    /// <exception cref="InvalidDataException">It is no model, of another version, or damaged.</exception>
    public static StaticModelParts Read(ReadOnlySpan<byte> file)
    {
        Require(file.Length >= HeaderBytes + SHA256.HashSizeInBytes, $"it has {file.Length} bytes, too few for a header and a checksum");
        Require(U32(file, 0) == Magic, "it does not begin with MCEM");
        Require(U32(file, 4) == Version, $"its version is {U32(file, 4)}, and {Version} is read");
        var body = file[..^SHA256.HashSizeInBytes];
        Require(SHA256.HashData(body).AsSpan().SequenceEqual(file[body.Length..]), "its checksum does not fit");
        var (tokens, semantic, lexical, terms) = (U32(file, 8), U32(file, 12), U32(file, 16), U32(file, 20));
        Require(semantic is > 0 and <= DimensionsMax && semantic % 4 == 0, $"it has {semantic} semantic dimensions");
        Require(lexical is > 0 and <= DimensionsMax && lexical % 4 == 0, $"it has {lexical} lexical dimensions");
        var bytes = HeaderBytes + (tokens * (12L + semantic)) + (terms * 9L);
        Require(body.Length == bytes, $"it has {body.Length} bytes where its header means {bytes}");

        var rest = body[HeaderBytes..];
        return new StaticModelParts
        {
            SemanticDimensions = (int)semantic,
            LexicalDimensions = (int)lexical,
            TokenCharsMax = (int)U32(file, 24),
            ContextDiscount = BinaryPrimitives.ReadSingleLittleEndian(file[28..]),
            SemanticShare = BinaryPrimitives.ReadSingleLittleEndian(file[32..]),
            Tokens = Take<ulong>(ref rest, tokens),
            Scales = Take<float>(ref rest, tokens),
            Rows = Take<sbyte>(ref rest, tokens * semantic),
            Terms = Take<ulong>(ref rest, terms),
            TermWeights = Take<byte>(ref rest, terms),
        };
    }

    public static byte[] Write(StaticModelParts parts)
    {
        using var file = new MemoryStream();
        foreach (var number in (ReadOnlySpan<uint>)
            [
                Magic, Version, (uint)parts.Tokens.Length, (uint)parts.SemanticDimensions, (uint)parts.LexicalDimensions,
                (uint)parts.Terms.Length, (uint)parts.TokenCharsMax,
                .. MemoryMarshal.Cast<float, uint>([parts.ContextDiscount, parts.SemanticShare]),
            ])
        {
            Put<uint>(file, [number]);
        }

        Put<ulong>(file, parts.Tokens);
        Put<float>(file, parts.Scales);
        Put<sbyte>(file, parts.Rows);
        Put<ulong>(file, parts.Terms);
        Put<byte>(file, parts.TermWeights);
        file.Write(SHA256.HashData(file.ToArray()));
        return file.ToArray();
    }

    private static uint U32(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(file[offset..]);

    // The machine is little-endian, as every platform of .NET 10 that we run on.
    private static T[] Take<T>(ref ReadOnlySpan<byte> rest, uint count)
        where T : unmanaged
    {
        var taken = new T[count];
        var bytes = MemoryMarshal.AsBytes(taken.AsSpan());
        rest[..bytes.Length].CopyTo(bytes);
        rest = rest[bytes.Length..];
        return taken;
    }

    private static void Put<T>(MemoryStream file, ReadOnlySpan<T> values)
        where T : unmanaged => file.Write(MemoryMarshal.AsBytes(values));

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException($"The embedding model cannot be read: {otherwise}. Take the file as it was built.");
        }
    }
}
