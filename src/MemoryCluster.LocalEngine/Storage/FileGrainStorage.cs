using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Storage;

/// <summary>States in one file each, synced before the write is answered: <c>folder/state name/first bytes of the hash of the grain id.json</c>.
/// Meant for small states that change seldom; a write holds its thread for as long as the disk takes.</summary>
public sealed class FileGrainStorage(string folder) : JsonGrainStorage
{
    private protected override StoredState? Find(string stateName, GrainId grainId)
    {
        var path = PathOf(stateName, grainId);
        return AtomicFile.Read(path) is { } content
            ? JsonSerializer.Deserialize<Document>(content)!.For(grainId, path)
            : null;
    }

    private protected override void Keep(string stateName, GrainId grainId, StoredState state) =>
        AtomicFile.Write(PathOf(stateName, grainId), JsonSerializer.SerializeToUtf8Bytes(new Document(1, grainId.ToString(), state)));

    // Keys may hold what file names may not; 16 bytes of SHA-256 do not meet by chance, and the file says whose it is.
    private string PathOf(string stateName, GrainId grainId) =>
        Path.Combine(folder, Uri.EscapeDataString(stateName), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(grainId.ToString())), 0, 16) + ".json");

    private sealed record Document(int Format, string Grain, StoredState Stored)
    {
        public StoredState For(GrainId grainId, string path) => Format == 1 && Grain == grainId.ToString()
            ? Stored
            : throw new InvalidDataException($"{path} is of format {Format} and of grain {Grain}; expected format 1 and {grainId}.");
    }
}
