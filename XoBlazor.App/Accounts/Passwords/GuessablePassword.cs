using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace XoBlazor.App.Accounts.Passwords;

/// <summary>
/// Finds passwords that guessing programs try first: common words and names with digits and signs around them, sequences, keyboard rows,
/// repeats. Such a part counts little however long it is; what is left has to be enough by itself.
/// </summary>
internal static class GuessablePassword
{
    /// <summary>A password has to be worth this much: eight characters that follow from nothing.</summary>
    private const int Enough = 8;

    /// <summary>What a part is worth that a guessing program knows.</summary>
    private const int WorthOfPart = 2;

    private const int ShortestSequence = 3;
    private const int ShortestName = 3;

    private static readonly string[] s_rows =
    [
        "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "1q2w3e4r5t6y7u8i9o0p", "abcdefghijklmnopqrstuvwxyz", "01234567890",
        "!@#$%^&*()", "!\"§$%&/()=",
    ];

    // What lists of leaked passwords are full of, without the endings that everybody adds.
    private static readonly string[] s_words =
    [
        "password", "passwort", "passwd", "passphrase", "motdepasse", "contraseña", "kennwort", "wachtwoord", "secret", "geheim", "letmein", "welcome",
        "willkommen", "bienvenue", "admin", "administrator", "root", "user", "guest", "login", "signin", "default", "changeme", "change", "temp",
        "temporary", "test", "testing", "hello", "hallo", "bonjour", "master", "super", "server", "system", "manager", "operator", "service", "backup",
        "monkey", "dragon", "football", "baseball", "basketball", "soccer", "hockey", "superman", "batman", "spiderman", "starwars", "pokemon", "naruto",
        "minecraft", "iloveyou", "loveyou", "lovely", "love", "princess", "sunshine", "shadow", "flower", "butterfly", "angel", "cookie", "chocolate",
        "summer", "winter", "spring", "autumn", "sommer", "herbst", "monday", "friday", "sunday", "january", "february", "march", "april", "august",
        "september", "october", "november", "december", "michael", "jennifer", "jessica", "daniel", "thomas", "andrew", "robert", "charlie", "jordan",
        "ashley", "nicole", "matthew", "computer", "internet", "google", "microsoft", "windows", "linux", "ubuntu", "debian", "samsung", "iphone",
        "freedom", "whatever", "trustno1", "qwerty", "qwertz", "azerty", "access", "company", "office", "london", "berlin", "paris", "america", "liverpool",
        "arsenal", "chelsea", "barcelona", "ferrari", "mercedes", "porsche", "mustang", "harley", "yamaha", "killer", "hunter", "ranger", "soldier",
        "pepper", "ginger", "summertime", "blink182", "asshole", "fuckyou", "fuck",
        // What this product is about.
        "xoblazor", "blazor", "xenorchestra", "orchestra", "xenserver", "xcpng", "xcp", "xen", "citrix", "vates", "vmware", "hypervisor", "datacenter", "virtual",
    ];

    private static readonly FrozenDictionary<char, char> s_disguises = new Dictionary<char, char>
    {
        ['0'] = 'o',
        ['1'] = 'l',
        ['3'] = 'e',
        ['4'] = 'a',
        ['5'] = 's',
        ['7'] = 't',
        ['8'] = 'b',
        ['@'] = 'a',
        ['$'] = 's',
        ['!'] = 'i',
        ['€'] = 'e',
    }.ToFrozenDictionary();

    /// <summary>Why the password is guessed soon; null when it is not.</summary>
    public static string? Why(string password, IEnumerable<string?> names)
    {
        var plain = password.ToLower(CultureInfo.InvariantCulture);
        if (Period(plain) is { } period)
            return $"it is '{password[..period]}' over and over";

        var own = names.SelectMany(Parts).Where(name => name.Length >= ShortestName).ToHashSet(StringComparer.Ordinal);
        var reasons = new List<string>();
        var worth = 0;
        for (var at = 0; at < plain.Length;)
        {
            var (length, reason) = Longest(plain, at, own);
            worth += reason is null ? char.IsWhiteSpace(plain[at]) ? 0 : 1 : WorthOfPart;
            if (reason is not null && !reasons.Contains(reason, StringComparer.Ordinal))
                reasons.Add(reason);
            at += length;
        }

        if (new HashSet<char>(plain).Count < 5)
            return "it has only a few different characters";
        return worth < Enough && reasons.Count > 0 ? $"it is hardly more than {string.Join(" and ", reasons)}" : null;
    }

    private static (int Length, string? Reason) Longest(string text, int at, HashSet<string> own)
    {
        var best = (Length: 1, Reason: (string?)null);
        Offer(Repeat(text, at), "a repeated character");
        Offer(Sequence(text, at), "a sequence");
        Offer(Row(text, at), "a row of keys");
        Offer(Year(text, at), "a year");
        foreach (var name in own)
            Offer(Starts(text, at, name) ? name.Length : 0, "your own name");
        foreach (var word in s_words)
            Offer(Starts(text, at, word) ? word.Length : 0, $"the word '{word}'");
        return best;

        void Offer(int length, string reason)
        {
            if (length >= ShortestSequence && length > best.Length)
                best = (length, reason);
        }
    }

    private static bool Starts(string text, int at, string word)
    {
        if (at + word.Length > text.Length)
            return false;
        for (var i = 0; i < word.Length; i++)
            if (text[at + i] != word[i] && s_disguises.GetValueOrDefault(text[at + i]) != word[i])
                return false;
        return true;
    }

    private static int Repeat(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && text[end] == text[at])
            end++;
        return end - at;
    }

    private static int Sequence(string text, int at)
    {
        if (at + 1 >= text.Length || !char.IsLetterOrDigit(text[at]))
            return 0;
        var step = text[at + 1] - text[at];
        if (step is not (1 or -1 or 2 or -2))
            return 0;
        var end = at + 2;
        while (end < text.Length && text[end] - text[end - 1] == step)
            end++;
        return end - at;
    }

    private static int Row(string text, int at)
    {
        var best = 0;
        foreach (var row in s_rows)
            for (var start = 0; start < row.Length; start++)
                best = Math.Max(best, Math.Max(Along(row, start, 1), Along(row, start, -1)));
        return best >= 4 ? best : 0;

        int Along(string row, int start, int step)
        {
            var length = 0;
            for (var i = start; i >= 0 && i < row.Length && at + length < text.Length && row[i] == text[at + length]; i += step)
                length++;
            return length;
        }
    }

    private static int Year(string text, int at) =>
        at + 4 <= text.Length && int.TryParse(text.AsSpan(at, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1930 and <= 2060 ? 4 : 0;

    /// <summary>The length of the part that the whole consists of, when it is short enough to be one.</summary>
    private static int? Period(string text)
    {
        for (var length = 1; length <= text.Length / 2 && length < Enough; length++)
        {
            var fits = true;
            for (var i = length; i < text.Length && fits; i++)
                fits = text[i] == text[i - length];
            if (fits)
                return length;
        }
        return null;
    }

    private static IEnumerable<string> Parts(string? name)
    {
        var part = new StringBuilder();
        foreach (var letter in name ?? "")
            if (char.IsLetterOrDigit(letter))
                part.Append(char.ToLowerInvariant(letter));
            else if (part.Length > 0)
            {
                yield return part.ToString();
                part.Clear();
            }
        if (part.Length > 0)
            yield return part.ToString();
    }
}
