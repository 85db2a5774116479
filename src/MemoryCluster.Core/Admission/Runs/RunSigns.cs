using System.Text.Json;
using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Admission.Runs;

/// <summary>What can be read off a step without a model: whether it failed, and which question it put.</summary>
internal static class RunSigns
{
    /// <summary>Whether an output reports that the step did not come off.</summary>
    public static bool IsFailure(string output)
    {
        var trimmed = output.AsSpan().Trim();
        return trimmed.IsEmpty || (trimmed[0] == '{' && ErrorOf(output) is { } isError ? isError : FailureSigns.In(output));
    }

    /// <summary>The question that a step put to the world, the same for every step that put it; null where no tool was used and nothing went in.</summary>
    public static Guid? SignatureOf(RunStep step) =>
        step.Tool is null && step.Input is null ? null : ActionKey.Of(step.Tool, step.Input ?? "");

    // An answer in JSON tells of an error in a member of that name, and a word in the midst of it means nothing. Null where it is no JSON.
    private static bool? ErrorOf(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            return document.RootElement.EnumerateObject().Any(member => member.Name is "error" or "errors" or "exception" && IsSet(member.Value));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsSet(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined => false,
        JsonValueKind.String => value.GetString() is not "",
        JsonValueKind.Array => value.GetArrayLength() > 0,
        _ => true,
    };
}
