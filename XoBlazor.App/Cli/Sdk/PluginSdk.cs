using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using XoBlazor.Plugins;

namespace XoBlazor.App.Cli.Sdk;

/// <summary>What authors of plugins in .NET need, out of the server's own file: the package that plugins are built against, and a template to begin with.</summary>
internal static class PluginSdk
{
    private const string Prefix = "plugin-sdk/";
    private const string TemplatePrefix = "plugin-sdk/templates/";

    private static readonly AssemblyName s_contract = typeof(Plugin).Assembly.GetName();

    /// <summary>The version of the package: that of the contract.</summary>
    public static string Version { get; } = s_contract.Version!.ToString(3);

    /// <summary>Writes all of it into a folder, over what an earlier version has written there.</summary>
    /// <returns>The folder of the template.</returns>
    public static string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        using (var package = new FileStream(Path.Combine(folder, $"{s_contract.Name}.{Version}.nupkg"), FileMode.Create))
            WritePackage(package);
        foreach (var name in Names.Where(name => name.StartsWith(TemplatePrefix, StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder, name[TemplatePrefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var text = Encoding.UTF8.GetString(Content(name)).Replace("PLUGIN_SDK_VERSION", Version, StringComparison.Ordinal);
            File.WriteAllText(path, text.Replace("PLUGIN_SDK_FOLDER", new XText(folder).ToString(), StringComparison.Ordinal));
        }
        return Path.Combine(folder, "xo-plugin");
    }

    private static string[] Names => typeof(PluginSdk).Assembly.GetManifestResourceNames();

    private static byte[] Content(string name)
    {
        using var from = typeof(PluginSdk).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"'{name}' is not in the file.");
        using var content = new MemoryStream();
        from.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>A NuGet package: a zip with a description at its top.</summary>
    private static void WritePackage(Stream to)
    {
        XNamespace schema = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd", types = "http://schemas.openxmlformats.org/package/2006/content-types", relations = "http://schemas.openxmlformats.org/package/2006/relationships";
        var description = new XElement(schema + "package", new XElement(schema + "metadata",
            new XElement(schema + "id", s_contract.Name), new XElement(schema + "version", Version), new XElement(schema + "authors", "XoBlazor"),
            new XElement(schema + "description", "What plugins of XoBlazor are written against."),
            new XElement(schema + "dependencies", new XElement(schema + "group", new XAttribute("targetFramework", "net10.0")))));
        var contents = new XElement(types + "Types", ((string[])["rels=application/vnd.openxmlformats-package.relationships+xml", "nuspec=application/octet", "dll=application/octet", "xml=application/octet"])
            .Select(type => new XElement(types + "Default", new XAttribute("Extension", type.Split('=')[0]), new XAttribute("ContentType", type.Split('=')[1]))));
        var links = new XElement(relations + "Relationships", new XElement(relations + "Relationship",
            new XAttribute("Type", "http://schemas.microsoft.com/packaging/2010/07/manifest"), new XAttribute("Target", $"/{s_contract.Name}.nuspec"), new XAttribute("Id", "R1")));

        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        Add("_rels/.rels", Encoding.UTF8.GetBytes(links.ToString()));
        Add($"{s_contract.Name}.nuspec", Encoding.UTF8.GetBytes(description.ToString()));
        foreach (var name in Names.Where(name => name.StartsWith(Prefix + "lib/", StringComparison.Ordinal)))
            Add(name[Prefix.Length..], Content(name));
        Add("[Content_Types].xml", Encoding.UTF8.GetBytes(contents.ToString()));

        void Add(string name, byte[] content)
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }
    }
}
