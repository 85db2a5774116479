using System.Net.Http.Headers;
using System.Text.Json;

namespace MemoryCluster.Gateway.Tests.Running;

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, string Text, string? ETag, string? MediaType, HttpResponseHeaders Headers)
{
    public Problem Problem => As<Problem>();

    public T As<T>() => JsonSerializer.Deserialize<T>(Text, ContractJson.Tolerant.Options)!;

    /// <summary>Asserts a problem document of this status and code.</summary>
    public Problem Refused(int status, string code)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Text}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal((status, code), (Problem.Status, Problem.Code));
        return Problem;
    }
}
