namespace MemoryCluster.Host.Commands.Datasets;

/// <summary>A question about a conversation. Category 5 has no answer in it.</summary>
internal sealed record LocomoQuestion(string Text, int Category, IReadOnlyList<string> Evidence);
