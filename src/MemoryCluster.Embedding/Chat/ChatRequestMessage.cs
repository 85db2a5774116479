using System.Text.Json.Serialization;

namespace MemoryCluster.Embedders;

/// <summary>One message of a request.</summary>
internal sealed record ChatRequestMessage([property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("content")] string Content);
