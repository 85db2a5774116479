namespace MemoryCluster.Host.Tests.Commands;

/// <summary>Data sets in small, written for these tests in the shapes of the public ones.</summary>
internal static class Samples
{
    public const string Locomo =
        """
        {"sample_id":"conv-7","qa":[
          {"question":"Where did Ann find the old map?","answer":"attic","category":4,"evidence":["D1:1"]},
          {"question":"What do Ann and Bo plan?","answer":"a dig","category":1,"evidence":["D1:2","D2:1","D9:9"]},
          {"question":"Who stole the map?","category":5,"evidence":["D1:1"]},
          {"question":"Why?","category":3,"evidence":[]}],
         "conversation":{"speaker_a":"Ann","speaker_b":"Bo Li",
          "session_2_date_time":"9:05 am on 12 June, 2023","session_2":[{"speaker":"Bo Li","dia_id":"D2:1","text":"The shovels are packed for Saturday."}],
          "session_1_date_time":"1:56 pm on 8 May, 2023","session_1":[
            {"speaker":"Ann","dia_id":"D1:1","text":"I found an old treasure map in the attic."},
            {"speaker":"Bo Li","dia_id":"D1:2","text":"Then we have to dig for it one day!"}]}}
        """;

    public const string Hotpot =
        """
        {"question_text":"Which river passes the birthplace of the painter Iva Roth?","contexts":[
          {"title":"Iva Roth","paragraph_text":"Iva Roth was a painter born in the town of Malden.","is_supporting":true},
          {"title":"Malden","paragraph_text":"Malden is a town on the river Orne.","is_supporting":true},
          {"title":"Tarn","paragraph_text":"A tarn is a mountain lake formed by a glacier.","is_supporting":false}]}
        {"question_text":"What forms a tarn?","contexts":[
          {"title":"Tarn","paragraph_text":"A tarn is a mountain lake formed by a glacier.","is_supporting":true}]}
        """;

    /// <summary>Writes a sample as JSON Lines: one line for each top-level object.</summary>
    public static string WriteTo(string folder, string name, string sample)
    {
        var path = Path.Combine(folder, name);
        var joined = string.Concat(sample.Split('\n').Select(line => line.StartsWith(' ') ? line.Trim() : $"\n{line.Trim()}")).Trim();
        File.WriteAllText(path, joined + "\n");
        return path;
    }
}
