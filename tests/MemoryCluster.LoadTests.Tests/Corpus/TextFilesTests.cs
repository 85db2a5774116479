using MemoryCluster.LoadTests.Corpus;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.LoadTests.Tests.Corpus;

public sealed class TextFilesTests
{
    [Fact]
    public void Read_FindsTurnsPassagesAndQuestionsOfEveryShapeOnce()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "a.jsonl"),
            """
            {"session_1":[{"speaker":"Ann","text":"We drove up to the lake on Sunday."},{"text":"ok"}],"qa":[{"question":"Where did Ann drive on Sunday?"}]}
            {"session_2":[{"text":"We drove up to the lake on Sunday."}]}
            """);
        File.WriteAllText(Path.Combine(folder.Path, "b.json"), """[{"context":[["Lake",["The lake is deep.","It is cold as well."]]]}]""");
        File.WriteAllText(Path.Combine(folder.Path, "c.tsv"), "3.8\tA cat stands on a thin branch.\tA cat is in the tree today.\n");
        File.WriteAllText(Path.Combine(folder.Path, "README.md"), "text: this is not a data set at all");

        var files = TextFiles.Read(folder.Path);

        Assert.Equal(
            ["We drove up to the lake on Sunday.", "The lake is deep. It is cold as well.", "A cat stands on a thin branch.", "A cat is in the tree today."],
            files.Texts);
        Assert.Equal(["Where did Ann drive on Sunday?"], files.Questions);
    }

    [Fact]
    public void Deal_NeverGivesATeamTheSameTextTwice()
    {
        var texts = Enumerable.Range(0, 30).Select(i => $"text {i}").ToArray();

        var dealt = Dealing.Deal(texts, 100, 8).ToArray();

        Assert.Equal(100, dealt.Distinct().Count());
        Assert.All(dealt.CountBy(item => item.Team), team => Assert.InRange(team.Value, 11, 14));
        Assert.Throws<ArgumentException>(() => Dealing.Deal(texts, 241, 8).Count());
    }
}
