using System.CommandLine;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Cli;

/// <summary><c>xo-blazor audit verify</c> and <c>audit export FILE</c>: the record of what people did, proved and taken elsewhere, also while a server runs.</summary>
internal sealed class AuditVerb : Command
{
    public AuditVerb(CommonOptions common)
        : base("audit", "Prove that the audit was not changed, or export it")
    {
        Add(new Verify(common));
        Add(new Export(common));
    }

    private static T Explained<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception problem) when (problem is AuditException or FormatException)
        {
            throw new StartupException(problem.Message, problem);
        }
    }

    /// <summary>Exit code 0 when every record is as it was written, 3 when one was changed, removed or inserted.</summary>
    private sealed class Verify : Command
    {
        private const int Broken = 3;

        public Verify(CommonOptions common)
            : base("verify", "Go through the whole chain: finds changed, removed and inserted records")
        {
            var fingerprint = new Option<string?>("--fingerprint") { HelpName = "TEXT", Description = "A fingerprint that an earlier 'verify' printed and that was kept elsewhere" };
            Add(fingerprint);
            SetAction((parsed, token) => Task.FromResult(Explained(() => Run(common.Data(parsed), parsed.GetValue(fingerprint), token))));
        }

        private static int Run(DataDirectory data, string? kept, CancellationToken token)
        {
            var verdict = AuditVerifier.Verify(data.AuditFolder, data.AuditKeyFile, kept is null ? null : AuditFingerprint.Parse(kept), token);
            foreach (var problem in verdict.Problems)
                Console.WriteLine(problem);
            if (!verdict.IsSound)
            {
                Console.WriteLine($"The audit in {data.AuditFolder} is not as it was written. Keep a copy of the folder and of {data.AuditKeyFile} as evidence; a backup or the syslog collector tells what was there.");
                return Broken;
            }

            Console.WriteLine($"All {verdict.Records} records are as they were written. Fingerprint, to be kept elsewhere: {verdict.Fingerprint}");
            return 0;
        }
    }

    private sealed class Export : Command
    {
        public Export(CommonOptions common)
            : base("export", "Write all records as JSON lines")
        {
            var file = new Argument<string>("FILE") { Description = "The file to write; - for standard output" };
            Add(file);
            SetAction(async (parsed, token) =>
            {
                try
                {
                    return await RunAsync(common.Data(parsed), parsed.GetRequiredValue(file), token);
                }
                catch (Exception problem) when (problem is AuditException or IOException or UnauthorizedAccessException)
                {
                    throw new StartupException(problem.Message, problem);
                }
            });
        }

        private static async Task<int> RunAsync(DataDirectory data, string file, CancellationToken token)
        {
            if (file == "-")
            {
                await using var output = Console.OpenStandardOutput();
                await AuditExport.WriteAsync(data.AuditFolder, output, token);
                return 0;
            }

            await using var target = PrivateFile.Create(file);
            var count = await AuditExport.WriteAsync(data.AuditFolder, target, token);
            Console.WriteLine($"Wrote {count} records to {file}.");
            return 0;
        }
    }
}
