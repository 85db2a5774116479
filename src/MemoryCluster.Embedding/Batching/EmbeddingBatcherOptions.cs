using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Embedders;

/// <summary>How single texts are gathered for a model that is slow per call.</summary>
public sealed class EmbeddingBatcherOptions
{
    /// <summary>Texts per call to the model. Default 64; OpenAI-shaped services take up to 2,048.</summary>
    [Range(1, 2_048)]
    public int BatchTextsMax { get; set; } = 64;

    /// <summary>How long a text may wait for company. Default 2 ms, small beside a model's call; 0 sends what is there. At most 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01", ParseLimitsInInvariantCulture = true)]
    public TimeSpan BatchDelayMax { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Texts that may wait in line; further callers wait to enter. Default 256, four batches.</summary>
    [Range(1, 65_536)]
    public int QueueTextsMax { get; set; } = 256;
}
