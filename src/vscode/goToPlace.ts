import { Selection, Uri, window, workspace } from 'vscode';

/** Puts the cursor where a lens stands, as if the person had; without a place, it stays. */
export async function goToPlace(uri: unknown, offset: unknown): Promise<void> {
  if (!(uri instanceof Uri) || typeof offset !== 'number') return;
  const document = await workspace.openTextDocument(uri);
  const editor = await window.showTextDocument(document);
  const place = document.positionAt(offset);
  editor.selection = new Selection(place, place);
}
