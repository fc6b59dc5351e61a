using System.IO.Compression;
using System.Text;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Plugins;

/// <summary>Zips as people upload them.</summary>
internal static class PluginZip
{
    public static byte[] Of(params IEnumerable<(string Name, string Content)> files) => Of(files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Content), 0)));

    /// <param name="files">Names, contents and external attributes as they stand in the zip.</param>
    public static byte[] Of(IEnumerable<(string Name, byte[] Content, int Attributes)> files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content, attributes) in files)
            {
                var entry = archive.CreateEntry(name);
                entry.ExternalAttributes = attributes;
                using var to = entry.Open();
                to.Write(content);
            }
        return zip.ToArray();
    }

    /// <summary>One of the plugins that come with the source.</summary>
    public static byte[] Sample(string name) =>
        Of(Directory.EnumerateFiles(Checkout.File("samples", "plugins", name)).Select(file => (Path.GetFileName(file), File.ReadAllText(file))));

    public static PluginPackage Package(string manifest, string script) => PluginPackage.Open(Of(("plugin.json", manifest), ("main.py", PythonPlugin.Prelude + script)));
}
