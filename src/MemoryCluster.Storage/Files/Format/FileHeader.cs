using System.Buffers.Binary;

namespace MemoryCluster.Storage.Files.Format;

/// <summary>What the headers of all our files share: magic, version, length, and a checksum at their end.</summary>
internal static class FileHeader
{
    /// <exception cref="InvalidDataException">The reason, as a clause.</exception>
    public static void Check(ReadOnlySpan<byte> source, ReadOnlySpan<byte> magic, uint version, int length, int checkedBytes)
    {
        if (source.Length < length)
            throw new InvalidDataException($"it ends inside its header, after {source.Length} of {length} bytes");
        if (!source.StartsWith(magic))
            throw new InvalidDataException("it does not begin with the mark of such a file");
        var found = BinaryPrimitives.ReadUInt32LittleEndian(source[8..]);
        if (found != version)
            throw new InvalidDataException($"it has format version {found}, and this program reads version {version}");
        if (BinaryPrimitives.ReadUInt32LittleEndian(source[checkedBytes..]) != Crc32C.Of(source[..checkedBytes]))
            throw new InvalidDataException("its header fails its checksum");
    }
}
