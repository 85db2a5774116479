using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MemoryCluster.Admission.Gate;

/// <summary>Policies, training and records as JSON. Weights stand by the names of their features, so they outlive features that are added.</summary>
public static class GateJson
{
    public static string Write(GatePolicy policy) => JsonSerializer.Serialize(StoredGatePolicy.Of(policy), GateJsonContext.Default.StoredGatePolicy);

    public static GatePolicy ReadPolicy(string json) => Read(json, GateJsonContext.Default.StoredGatePolicy).ToPolicy();

    public static string Write(GatePolicyHistory history) =>
        JsonSerializer.Serialize(
            new StoredGateHistory([.. history.Policies.Select(StoredGatePolicy.Of)], history.ActiveVersion, history.NextVersion),
            GateJsonContext.Default.StoredGateHistory);

    public static GatePolicyHistory ReadHistory(string json)
    {
        var stored = Read(json, GateJsonContext.Default.StoredGateHistory);
        return new GatePolicyHistory
        {
            Policies = [.. stored.Policies.Select(policy => policy.ToPolicy())], ActiveVersion = stored.ActiveVersion, NextVersion = stored.NextVersion,
        };
    }

    public static string Write(GateTrainerState state) => JsonSerializer.Serialize(
        new StoredGateTraining(
            state.PolicyVersion, FeatureWeights.ByName(state.Weights), FeatureWeights.ByName(state.Squares),
            FeatureWeights.ByName(state.Averages), state.Groups, state.Samples),
        GateJsonContext.Default.StoredGateTraining);

    public static GateTrainerState ReadTraining(string json)
    {
        var stored = Read(json, GateJsonContext.Default.StoredGateTraining);
        return new GateTrainerState
        {
            PolicyVersion = stored.PolicyVersion, Groups = stored.Groups, Samples = stored.Samples,
            Weights = FeatureWeights.InOrder(stored.Weights), Squares = FeatureWeights.InOrder(stored.Squares),
            Averages = FeatureWeights.InOrder(stored.Averages),
        };
    }

    public static string Write(RecurrenceRecord record) =>
        JsonSerializer.Serialize(
            new SortedDictionary<string, RecurrenceCounts>(record.Kinds.ToDictionary(), StringComparer.Ordinal),
            GateJsonContext.Default.SortedDictionaryStringRecurrenceCounts);

    public static RecurrenceRecord ReadRecord(string json)
    {
        var record = new RecurrenceRecord();
        record.Merge(Read(json, GateJsonContext.Default.SortedDictionaryStringRecurrenceCounts));
        return record;
    }

    private static T Read<T>(string json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException($"{typeof(T).Name} is null.");
}
