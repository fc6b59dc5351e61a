using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.Providers;

/// <summary>A name and a password that somebody typed, and that is nobody's whose password is kept here.</summary>
/// <param name="Known">The account of that name here, whoever vouches for it.</param>
/// <param name="Guesses">Counts what is wrong.</param>
internal sealed record PasswordQuestion(string Name, string Password, string? Address, Account? Known, PersonGuesses Guesses);
