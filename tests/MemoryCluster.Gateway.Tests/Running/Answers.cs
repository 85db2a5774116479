using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MemoryCluster.Gateway.Tests.Running;

/// <summary>Sends bodies as they stand and reads answers.</summary>
internal static class Answers
{
    public static async Task<Answer> SendAsync(
        this HttpClient client, string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text, response.Headers.ETag?.Tag, response.Content.Headers.ContentType?.MediaType, response.Headers);
    }

    public static async Task<RememberResponse> RememberAsync(this HttpClient client, string team, string agent, string text, string? more = null)
    {
        var json = $$"""{"team":"{{team}}","agent":"{{agent}}","text":{{JsonSerializer.Serialize(text)}}{{(more is null ? "" : "," + more)}}}""";
        var answer = await client.SendAsync("POST", "/api/v1/memories", json);
        Assert.True(answer.Status is 200 or 201, answer.Text);
        return answer.As<RememberResponse>();
    }

    public static async Task<T> GetAsync<T>(this HttpClient client, string path) =>
        (await client.GetFromJsonAsync<T>(new Uri(path, UriKind.Relative), ContractJson.Tolerant.Options))!;
}
