// Signs the invited person in, or up, and accepts the invitation of the address' fragment. Browsers send no fragment, so no log has the token.
(() => {
  const texts = {
    ko: {
      title: '초대 수락 · Connect', other: 'English',
      link: '초대 링크가 아니거나 링크가 잘렸습니다. 메일의 링크를 다시 열어 주세요.',
      gone: '초대가 유효하지 않습니다. 기한이 지났거나 취소되었거나 이미 사용되었거나, 다른 이메일 주소로 온 초대입니다.',
      signIn: '이메일 주소, 비밀번호 또는 일회용 코드가 올바르지 않습니다.',
      signUp: '계정을 만들 수 없습니다:',
      member: '이 계정은 이미 기관에 속해 있습니다.',
      full: '기관의 구성원 수가 한도에 이르렀습니다.',
      busy: '요청이 너무 많습니다. 잠시 후 다시 시도해 주세요.',
      failed: '지금은 처리할 수 없습니다. 잠시 후 다시 시도해 주세요.',
      done: role => `초대를 수락하셨습니다. 권한: ${{ OWNER: '소유자', EDITOR: '편집자', READER: '열람자' }[role]}`,
    },
    en: {
      title: 'Accept your invitation · Connect', other: '한국어',
      link: 'This is no link of an invitation, or it was cut. Please open the link of the mail again.',
      gone: 'This invitation is not valid: it has expired, was withdrawn or used, or was sent to another e-mail address.',
      signIn: 'The e-mail address, the password or the one-time code is wrong.',
      signUp: 'The account could not be created:',
      member: 'This account belongs to an organization already.',
      full: 'The organization has as many members as it can have.',
      busy: 'Too many requests. Please try again in a moment.',
      failed: 'This is not possible now. Please try again in a moment.',
      done: role => `You have joined the organization as ${{ OWNER: 'an owner', EDITOR: 'an editor', READER: 'a reader' }[role]}.`,
    },
  };
  const [root, form, alert, done, language] = [document.documentElement, ...['form', 'alert', 'done', 'language'].map(id => document.getElementById(id))];
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  let said = null;
  let joined = null;

  // The token is not left in the history of the browser.
  history.replaceState(null, '', location.pathname);
  speak(navigator.language.startsWith('ko') ? 'ko' : 'en');
  if (token) {
    form.hidden = false;
  } else {
    say('link');
  }

  language.addEventListener('click', () => speak(root.lang === 'ko' ? 'en' : 'ko'));
  form.addEventListener('change', () => {
    const isNew = form.account.value === 'new';
    document.querySelector('[data-account=existing]').hidden = isNew;
    form.password.autocomplete = isNew ? 'new-password' : 'current-password';
  });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    say(null);
    try {
      await join();
    } catch {
      say('failed');
    } finally {
      button.disabled = false;
    }
  });

  async function join() {
    const [email, password, code] = [form.email.value.trim(), form.password.value, form.code.value.replace(/\s/g, '')];
    if (form.account.value === 'new') {
      const registered = await post('/auth/register', { email, password });
      if (!registered.ok) {
        return refuse(registered, async answer => say('signUp', reasons(await answer.json())));
      }

      // From now on it exists: a second try after a failure signs in.
      form.account.value = 'existing';
      form.dispatchEvent(new Event('change'));
    }

    const credentials = { email, password };
    if (code) {
      credentials[/^\d{6}$/.test(code) ? 'twoFactorCode' : 'twoFactorRecoveryCode'] = code;
    }

    const signedIn = await post('/auth/login', credentials);
    if (!signedIn.ok) {
      return refuse(signedIn, () => say('signIn'));
    }

    const access = (await signedIn.json()).accessToken;
    const accepted = await post('/api/invitations/accept', { token }, access);
    await post('/auth/logout', undefined, access).catch(() => {});
    if (!accepted.ok) {
      return refuse(accepted, async answer => {
        const type = (await answer.json()).type ?? '';
        say(type.endsWith('organization-exists') ? 'member' : type.endsWith('too-many-members') ? 'full' : 'gone');
      });
    }

    form.hidden = true;
    joined = (await accepted.json()).role;
    speak(root.lang);
    done.hidden = false;
  }

  function post(path, body, access) {
    const headers = { 'Accept-Language': root.lang };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }

    if (access) {
      headers.Authorization = `Bearer ${access}`;
    }

    return fetch(path, { method: 'POST', headers, body: body === undefined ? undefined : JSON.stringify(body) });
  }

  async function refuse(answer, otherwise) {
    if (answer.status === 429) {
      say('busy');
    } else if (answer.status >= 500) {
      say('failed');
    } else {
      await otherwise(answer);
    }
  }

  function reasons(problem) {
    return Object.values(problem.errors ?? {}).flat().join(' ') || problem.detail || problem.title || '';
  }

  function say(name, more = '') {
    said = name && [name, more];
    alert.hidden = !said;
    alert.textContent = said ? `${texts[root.lang][name]} ${more}`.trim() : '';
  }

  function speak(name) {
    root.lang = name;
    document.title = texts[name].title;
    language.lang = name === 'ko' ? 'en' : 'ko';
    language.textContent = texts[name].other;
    say(...(said ?? [null]));
    done.textContent = joined ? texts[name].done(joined) : '';
  }
})();
