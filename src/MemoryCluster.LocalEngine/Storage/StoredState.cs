using System.Text.Json;

namespace MemoryCluster.LocalEngine.Storage;

/// <summary>What a storage keeps of one state. A cleared one keeps its etag, so that a writer who has not heard is still found out.</summary>
internal sealed record StoredState(long ETag, JsonElement? State);
