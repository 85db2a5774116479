using System.Text.Encodings.Web;
using System.Text.Json;

namespace MemoryCluster.LoadTests;

/// <summary>How reports are written as JSON.</summary>
internal static class ReportJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
