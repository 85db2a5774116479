using System.Text.Json;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Lift;

/// <summary>A passage that somebody holds.</summary>
internal sealed record HeldPassage(string Title, string Text)
{
    /// <summary>The tool by which passages are read.</summary>
    public const string Tool = "read";

    /// <summary>A passage of HotpotQA.</summary>
    public static HeldPassage Of(JsonElement context)
    {
        var title = DataFolder.Text(context, "title");
        return new HeldPassage(title, $"{title}: {DataFolder.Text(context, "paragraph_text")}");
    }
}
