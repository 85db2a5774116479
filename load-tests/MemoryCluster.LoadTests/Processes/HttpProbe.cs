namespace MemoryCluster.LoadTests.Processes;

/// <summary>A server answers when this address gives a success.</summary>
internal sealed class HttpProbe(Uri address) : IProbe
{
    private static readonly HttpClient Http = new();

    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
