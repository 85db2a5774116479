using System.Text.Json.Serialization;

namespace MemoryCluster.Embedders;

/// <summary>The body of POST {base}/rerank.</summary>
internal sealed record RerankRequest(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("query")] string Query,
    [property: JsonPropertyName("documents")] IReadOnlyList<string> Documents,
    [property: JsonPropertyName("top_n")] int TopCount);
