namespace MemoryCluster.LocalEngine.Tests.Grains;

internal sealed class Page
{
    public string Text { get; set; } = "";

    public List<string> Past { get; set; } = [];
}
