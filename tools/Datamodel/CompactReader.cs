namespace XoBlazor.Datamodel;

internal sealed record ModelField(string Name, string Type, string Qualifier, string Introduced, string State, string Flags, string Default);

internal sealed record ModelClass(string Name, string State, string Flags, List<ModelField> Fields);

internal sealed record XapiModel(IReadOnlyList<ModelClass> Classes, IReadOnlyDictionary<string, string[]> Enums, IReadOnlyList<(string From, string To)> Relations);

/// <summary>Reads the parts of the compact form that the record generator needs.</summary>
internal static class CompactReader
{
    public static XapiModel Read(string path)
    {
        var classes = new List<ModelClass>();
        var enums = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        var relations = new List<(string, string)>();
        foreach (var line in File.ReadLines(path))
        {
            var columns = line.Split('\t');
            switch (columns[0])
            {
                case "enum":
                    enums[columns[1]] = columns[2].Split(' ');
                    break;
                case "relation":
                    relations.Add((columns[1], columns[2]));
                    break;
                case "class":
                    classes.Add(new(columns[1], columns[3], columns[4], []));
                    break;
                case "field":
                    classes[^1].Fields.Add(new(columns[1], columns[3], columns[4], columns[5], columns[6], columns[7], columns[8]));
                    break;
            }
        }

        return new(classes, enums, relations);
    }
}
