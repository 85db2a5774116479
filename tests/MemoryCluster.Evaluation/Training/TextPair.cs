namespace MemoryCluster.Evaluation.Training;

/// <summary>Two texts that belong together: the one is looked for, the other should be found.</summary>
internal sealed record TextPair(string Source, string Query, string Found);
