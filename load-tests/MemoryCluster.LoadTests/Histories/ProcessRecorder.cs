namespace MemoryCluster.LoadTests.Histories;

/// <summary>The pages of one client, which writes them one after the other.</summary>
internal sealed class ProcessRecorder(int process, Func<bool> hasPlace)
{
    private readonly List<Operation> _operations = [];
    private readonly List<Look> _looks = [];

    public int Process => process;

    public IReadOnlyList<Operation> Operations => _operations;

    public IReadOnlyList<Look> Looks => _looks;

    public void Add(Operation operation)
    {
        if (hasPlace())
            _operations.Add(operation);
    }

    public void Add(Look look)
    {
        if (hasPlace())
            _looks.Add(look);
    }
}
