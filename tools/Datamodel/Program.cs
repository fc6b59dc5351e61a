using XoBlazor.Datamodel;

// Turns the description of the XenAPI that is published as JSON into the compact form the product reads
// (datamodel/xapi.tsv), and the compact form into the records of XoBlazor.Core/Model.
switch (args)
{
    case ["compact", var json, var tsv]:
        CompactWriter.Write(json, tsv);
        return 0;
    case ["generate", var tsv, var core]:
        ModelGenerator.Write(CompactReader.Read(tsv), core);
        return 0;
    default:
        Console.Error.WriteLine(
            """
            usage: dotnet run --project tools/Datamodel -- compact XENAPI.json datamodel/xapi.tsv
                   dotnet run --project tools/Datamodel -- generate datamodel/xapi.tsv XoBlazor.Core
            """);
        return 2;
}
