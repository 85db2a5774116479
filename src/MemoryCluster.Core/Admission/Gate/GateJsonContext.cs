using System.Text.Json.Serialization;

namespace MemoryCluster.Admission.Gate;

/// <summary>Members are told apart by name: they may be added, never renamed or reused.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredGatePolicy))]
[JsonSerializable(typeof(StoredGateHistory))]
[JsonSerializable(typeof(StoredGateTraining))]
[JsonSerializable(typeof(SortedDictionary<string, RecurrenceCounts>))]
internal sealed partial class GateJsonContext : JsonSerializerContext;
