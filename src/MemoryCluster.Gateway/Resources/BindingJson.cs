using System.Text.Json.Serialization;

namespace MemoryCluster.Gateway.Resources;

/// <summary>What a cursor is bound to, as JSON.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class BindingJson : JsonSerializerContext;
