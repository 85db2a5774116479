using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Index.Tests.Lexical;

/// <summary>What a reader of each script takes for granted: the words of a question find the text that has them, however written.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("北京的天气今天很好", "上海的天气不好", "北京天气")]
    [InlineData("我们在会议室讨论了预算", "他在办公室写报告", "会议室")]
    [InlineData("昨日は東京でカメラを買いました", "昨日は大阪で本を買いました", "東京のカメラ")]
    [InlineData("ひらがなとカタカナ", "漢字だけ", "カタカナ")]
    [InlineData("서울에서 회의를 했다", "부산에서 쉬었다", "서울 회의")]
    [InlineData("ذهب الولد إلى المدرسة", "بقي الرجل في البيت", "مدرسة")]
    [InlineData("كَتَبَ أحمد رسالةً", "قرأ علي كتابا", "احمد كتب")]
    [InlineData("राम दिल्ली में रहता है", "सीता मुंबई में काम करती है", "दिल्ली")]
    [InlineData("बैठक १२ मार्च को होगी", "बैठक रद्द है", "12 मार्च")]
    [InlineData("ผมชอบกินข้าวผัด", "เธอไปทะเล", "ข้าวผัด")]
    [InlineData("Der Vertrag wurde in München unterschrieben", "Das Treffen war in Bonn", "munchen vertrag")]
    [InlineData("встреча в Москве", "обед в Туле", "МОСКВЕ")]
    public void Question_FindsItsText(string text, string other, string question)
    {
        var index = new Bm25Index();
        index.Add(1, other);
        index.Add(2, text);
        var hits = new ScoredOrdinal[2];

        var count = index.Search(question, hits, default(AcceptAll));

        Assert.InRange(count, 1, 2);
        Assert.Equal(2, hits[0].Ordinal);
    }

    [Fact]
    public void ChineseWord_StandsBeforeItsCharactersApart()
    {
        var index = new Bm25Index();
        index.Add(1, "大人学生活");
        index.Add(2, "他是大学生了");
        var hits = new ScoredOrdinal[2];

        Assert.Equal(2, index.Search("大学", hits, default(AcceptAll)));
        Assert.Equal(2, hits[0].Ordinal);
    }
}
