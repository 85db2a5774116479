using MemoryCluster.Host.Commands.Ingest;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Host.Tests.Commands.Ingest;

public sealed class IngestPositionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, "x.position");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Acknowledge_OutOfOrder_MovesOverUnbrokenRunsOnly()
    {
        var position = IngestPosition.Start(FilePath, "f");

        var positions = new[] { 1, 3, 0, 2 }.Select(ordinal =>
        {
            position.Acknowledge(ordinal);
            return IngestPosition.Resume(FilePath, "f").Batches;
        });

        Assert.Equal([0, 0, 2, 4], positions.ToArray());
    }

    [Fact]
    public void Start_ForgetsAnEarlierPosition()
    {
        IngestPosition.Start(FilePath, "f").Acknowledge(0);

        Assert.Equal(0, IngestPosition.Start(FilePath, "f").Batches);
    }

    [Fact]
    public void Resume_WithAnotherFile_IsRefused()
    {
        IngestPosition.Start(FilePath, "f").Acknowledge(0);

        Assert.Throws<InvalidDataException>(() => IngestPosition.Resume(FilePath, "g"));
    }

    [Fact]
    public void Start_WhereNothingCanBeWritten_SaysWhatToDo()
    {
        var refused = Assert.Throws<InvalidDataException>(() => IngestPosition.Start(Path.Combine(_folder.Path, "absent", "x"), "f"));

        Assert.Contains("--state", refused.Message, StringComparison.Ordinal);
    }
}
