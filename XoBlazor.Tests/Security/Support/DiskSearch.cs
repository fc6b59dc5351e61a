using System.Text;

namespace XoBlazor.Tests.Security.Support;

/// <summary>Looks for texts in files as they lie on the disk, whatever is open and being written.</summary>
internal static class DiskSearch
{
    /// <summary>Each file of a folder that holds one of the texts, as <c>path below the folder: text</c>; small and capital letters are the same.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(string folder, IReadOnlyCollection<string> texts)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory, TestContext.Current.CancellationToken);
            var content = Encoding.Latin1.GetString(memory.ToArray());
            found.AddRange(texts.Where(text => content.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(text => $"{Path.GetRelativePath(folder, file)}: {text}"));
        }
        return found;
    }
}
