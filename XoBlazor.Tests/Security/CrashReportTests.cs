using XoBlazor.App.Cli;

namespace XoBlazor.Tests.Security;

/// <summary>A crash report is its owner's alone, and no other user of the machine can say where it is written. Class 19 of docs/security.md.</summary>
public sealed class CrashReportTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public void Report_Written_LiesInAFolderOfItsOwnThatNobodyElseOpens()
    {
        var (one, other) = (CrashReport.Write(new InvalidOperationException("first")), CrashReport.Write(new InvalidOperationException("second")));
        var (folder, second) = (new FileInfo(one).Directory!, new FileInfo(other).Directory!);
        try
        {
            Assert.NotEqual(folder.FullName, second.FullName);
            Assert.Equal(Owner, folder.UnixFileMode);
            Assert.Contains("first", File.ReadAllText(one), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
            second.Delete(recursive: true);
        }
    }
}
