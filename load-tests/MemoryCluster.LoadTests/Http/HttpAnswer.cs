namespace MemoryCluster.LoadTests.Http;

/// <summary>One answer in a connection's buffer: its status, where its body begins, and where it ends.</summary>
internal readonly record struct HttpAnswer(int Status, int BodyStart, int End)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
