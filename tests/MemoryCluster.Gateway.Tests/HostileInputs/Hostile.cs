using System.Text;

namespace MemoryCluster.Gateway.Tests.HostileInputs;

/// <summary>Short ways to write hostile requests.</summary>
internal static class Hostile
{
    /// <summary>A memory whose other members are well.</summary>
    public static HostileInput Memory(string name, string code, string members) =>
        Body(name, 400, code, "/api/v1/memories", $$"""{"team":"t","agent":"a","text":"{{HostileInput.Marker}}"{{members}}}""");

    /// <summary>A memory with this text, as it stands between its JSON quotes.</summary>
    public static HostileInput Text(string name, string code, string escaped) =>
        Body(name, 400, code, "/api/v1/memories", $$"""{"team":"t","agent":"a","text":"{{HostileInput.Marker}}{{escaped}}"}""");

    /// <summary>A recall whose other members are well.</summary>
    public static HostileInput Question(string name, string code, string members) =>
        Body(name, 400, code, "/api/v1/recall", $$"""{"team":"t","agent":"a","query":"{{HostileInput.Marker}}"{{members}}}""");

    public static HostileInput Body(string name, int status, string code, string path, string json) =>
        new(name, status, code) { Path = path, Body = Encoding.UTF8.GetBytes(json) };

    public static HostileInput Get(string name, int status, string? code, string path) => new(name, status, code) { Method = "GET", Path = path };

    /// <summary>A vector of the model's length whose components are these JSON numbers.</summary>
    public static string Vector(string first, string rest) => $",\"embedding\":[{first}{string.Concat(Enumerable.Repeat("," + rest, 383))}]";

    public static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
