using MemoryCluster.Evaluation.Admission;
using MemoryCluster.Evaluation.Effects;
using MemoryCluster.Evaluation.Lift;
using MemoryCluster.Evaluation.Teams;
using MemoryCluster.Evaluation.Sharing;
using MemoryCluster.Evaluation.Consolidation;
using MemoryCluster.Evaluation.Ranking;
using System.Globalization;
using MemoryCluster.Evaluation.Embedders;
using MemoryCluster.Evaluation.Precision;
using MemoryCluster.Evaluation.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Each mode prints its own table; a mode is added here and nowhere else.
var modes = new Dictionary<string, Action<string[]>>(StringComparer.Ordinal)
{
    ["consolidation"] = ConsolidationMode.Run,
    ["embedder"] = EmbedderEvaluation.Run,
    ["embedder-speed"] = EmbedderSpeed.Run,
    ["precision"] = PrecisionMode.Run,
    ["train"] = TrainMode.Run,
    ["leave-one-out"] = LeaveOneOutMode.Run,
    ["ranking"] = RankingMode.Run,
    ["sharing"] = SharingMode.Run,
    ["admission"] = AdmissionMode.Run,
    ["lift"] = LiftMode.Run,
    ["effects"] = EffectsMode.Run,
    ["teams"] = TeamsMode.Run,
};
if (args is [var name, .. var rest] && modes.TryGetValue(name, out var run))
{
    run(rest);
    return 0;
}

await Console.Error.WriteLineAsync($"Name what to do: {string.Join(", ", modes.Keys)}.");
return 2;
